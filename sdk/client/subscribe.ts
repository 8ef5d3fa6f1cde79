import type { Connection, Operation } from "./connection.ts";
import { continuationOf } from "./document.ts";
import { ConnectionError } from "./errors.ts";
import { Queue } from "./queue.ts";

/** The items of a subscription, which goes on after a lost connection where its document allows that. */
export function subscribe<T>(
  connection: Connection,
  text: string,
  variables: Record<string, unknown>,
): AsyncIterableIterator<T> {
  const continuation = continuationOf(text);
  const operation: Operation = { query: text, variables };
  let canGoOn = continuation !== "not at all";
  const end = connection.stream(operation, {
    next(data) {
      if (continuation === "behind its cursor") {
        const cursor = cursorOf(data);
        if (cursor !== null) operation.variables = { ...variables, after: cursor };
        else canGoOn = false;
      }
      queue.push(data as T); // the document's type says what the server sends
    },
    error: (error) => queue.fail(error),
    complete: () => queue.end(),
  });
  const stopWatching = connection.onClosed(() => {
    if (canGoOn) return;
    queue.fail(
      new ConnectionError(
        "the connection was lost, and this subscription cannot go on where it was: give it a variable $after and select `cursor`",
      ),
    );
  });
  const queue = new Queue<T>(() => {
    stopWatching();
    end();
  });
  return queue;
}

/** Of the one field that a subscription has; a gap in the stream says by its `to` where it goes on. */
function cursorOf(data: Record<string, unknown>): string | null {
  const item = Object.values(data)[0];
  if (typeof item !== "object" || item === null) return null;
  const cursor = "cursor" in item ? item.cursor : isGap(item) ? item.to : null;
  return typeof cursor === "string" ? cursor : null;
}

function isGap(item: object): item is { to: unknown } {
  return "__typename" in item && item.__typename === "StreamGap" && "to" in item;
}
