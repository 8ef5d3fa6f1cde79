import { expect, it } from "vitest";
import type { Connection, Operation, StreamSink } from "../../sdk/client/connection.ts";
import { subscribe } from "../../sdk/client/subscribe.ts";

it("a stream goes on behind a gap that it was told of, also after a lost connection", async () => {
  let sent: Operation | undefined;
  let server: StreamSink | undefined;
  let lose: () => void = () => undefined;
  const connection = {
    stream(operation: Operation, sink: StreamSink) {
      sent = operation;
      server = sink;
      return () => undefined;
    },
    onClosed(listener: () => void) {
      lose = listener;
      return () => undefined;
    },
  };
  // What of a connection a subscription uses.
  const items = subscribe(
    connection as unknown as Connection,
    "subscription ($after: String) { events(after: $after) { __typename ... on Event { cursor } ... on StreamGap { to } } }",
    {},
  );
  server?.next({ events: { __typename: "Event", cursor: "5" } });
  expect(sent?.variables).toEqual({ after: "5" });
  server?.next({ events: { __typename: "StreamGap", to: "9" } });
  expect(sent?.variables).toEqual({ after: "9" });
  lose();
  server?.next({ events: { __typename: "Event", cursor: "10" } });
  const seen = [await items.next(), await items.next(), await items.next()];
  expect(seen.map(({ value }) => (value as { events: { __typename: string } }).events.__typename)).toEqual([
    "Event",
    "StreamGap",
    "Event",
  ]);
});
