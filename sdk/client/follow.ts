import { socketClient } from "./client.ts";
import type { Operation } from "./connection.ts";
import { type Document, documentText } from "./document.ts";
import { ApiError } from "./errors.ts";

/** How long to wait before a stream that the server ended is subscribed to again. */
const againAfterMs = 500;

export interface Listener<T, V> {
  next(data: T): void;
  /** The variables with which to go on, asked after each item; the first ones where it is left out. */
  goOn?: (data: T) => Partial<V>;
  /** The stream cannot be had: what it is about does not exist, or the server does not know it. */
  failed?: (error: Error) => void;
}

/**
 * Follows a subscription in the background, over lost connections and server restarts, without keeping the process
 * alive. Returns what ends it.
 */
export function follow<T, V extends { [name: string]: unknown }>(
  document: Document<T, V>,
  variables: V,
  listener: Listener<T, V>,
): () => void {
  const operation: Operation = { query: documentText(document), variables: { ...variables } };
  const { connection } = socketClient();
  let ended = false;
  let end: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    if (ended) return;
    timer = setTimeout(begin, againAfterMs).unref();
  };
  const begin = () => {
    end = connection.stream(operation, {
      next(received) {
        if (ended) return;
        const data = received as T; // the document's type says what the server sends
        if (listener.goOn) operation.variables = { ...variables, ...listener.goOn(data) };
        listener.next(data);
      },
      error(error) {
        if (!(error instanceof ApiError) || error.code === "INTERNAL_SERVER_ERROR") return again();
        ended = true;
        listener.failed?.(error);
      },
      complete: again,
    });
  };
  begin();
  return () => {
    ended = true;
    clearTimeout(timer);
    end();
  };
}
