import { socketClient } from "../client/client.ts";
import type { Document } from "../client/document.ts";
import { follow } from "../client/follow.ts";
import { hold } from "../client/hold.ts";
import { failureOf } from "./request.ts";

interface Until<T, V> {
  /** What is done with an item; true where it was the last one that is wanted. */
  next(data: T): boolean;
  /** The variables with which to go on after a lost connection; the first ones where it is left out. */
  goOn?: (data: T) => Partial<V>;
  /** Ends it too, when it resolves. */
  until?: Promise<unknown>;
  /** The exit code of Ctrl-C: 0 where the stream has no end of its own. */
  interrupted?: number;
}

/**
 * Follows a subscription over lost connections, until an item is the last, or a signal ends the command. What the server
 * refuses is thrown.
 */
export async function followUntil<T, V extends { [name: string]: unknown }>(
  document: Document<T, V>,
  variables: V,
  { next, goOn, until, interrupted = 0 }: Until<T, V>,
): Promise<void> {
  const release = hold();
  let over = false;
  await new Promise<void>((resolve, reject) => {
    const end = follow(document, variables, {
      ...(goOn && { goOn }),
      next(data) {
        if (!over && next(data)) enough();
      },
      failed: (error) => reject(failureOf(error, socketClient().connection.url)),
    });
    const enough = () => {
      over = true;
      end();
      resolve();
    };
    until?.then(enough, reject);
    endOnSignal(interrupted);
  }).finally(release);
}

/** Has Ctrl-C end the command with this exit code; where it is said several times, the first one holds. */
export function endOnSignal(code: number): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(code));
}
