/** What is subscribed to, as the socket's client sends it at each connection. */
export interface Payload {
  query: string;
  variables?: Record<string, unknown>;
}

/**
 * The same subscription, which, sent again after a lost connection, asks for what lies behind the last item that was seen: `seen` is told of
 * each result. Subscriptions without cursors stay as they are: they begin with the present each time.
 */
export function resumable({ query, variables }: Payload): {
  payload: Payload;
  seen: (data: unknown) => void;
} {
  let after: string | null = null;
  const payload: Payload = {
    query,
    // Read whenever the payload is written to a socket.
    get variables() {
      return after === null ? (variables ?? {}) : { ...variables, after };
    },
  };
  return { payload, seen: (data) => (after = cursorIn(data) ?? after) };
}

/** Where the one item in a subscription's result ends: its cursor, or the far end of a gap. */
function cursorIn(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  for (const item of Object.values(data)) {
    if (typeof item !== "object" || item === null) continue;
    const cursor: unknown =
      Reflect.get(item, "__typename") === "StreamGap" ? Reflect.get(item, "to") : Reflect.get(item, "cursor");
    if (typeof cursor === "string") return cursor;
  }
  return null;
}
