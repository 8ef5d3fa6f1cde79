import type { Client } from "graphql-ws";
import { type Payload, resumable } from "./resumable.ts";

export interface Result {
  // What urql takes for the data of any operation.
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

const beginAgainMs = 2_000;

/**
 * Follows a subscription through everything that is not its own end: lost sockets, servers that stop, streams that are closed. Only errors
 * of GraphQL end it.
 *
 * @returns what stops it
 */
export function follow(client: Client, request: Payload, next: (result: Result) => void): () => void {
  const { payload, seen } = resumable(request);
  let stopped = false;
  let stop = () => {};
  const begin = () => {
    stop = client.subscribe(payload, {
      next: (result) => {
        seen(result.data);
        next(result);
      },
      error: (error) => {
        if (isRefusal(error)) next({ errors: error });
        else again();
      },
      complete: () => again(),
    });
  };
  const again = () => {
    if (!stopped) setTimeout(() => !stopped && begin(), beginAgainMs);
  };
  begin();
  return () => {
    stopped = true;
    stop();
  };
}

/** Whether the server refused the operation, rather than that the connection failed. */
function isRefusal(error: unknown): error is { message: string }[] {
  return Array.isArray(error) && error.every((one) => typeof one?.message === "string");
}
