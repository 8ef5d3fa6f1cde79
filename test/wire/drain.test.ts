import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { expect, it } from "vitest";
import type { Context } from "../../server/context.ts";
import { SocketClient, startTestServer, until } from "../support/wire.ts";

/** Work that stops half-way until the test lets it go on, and then needs the database. */
function work() {
  const halfway: (() => void)[] = [];
  const done: string[] = [];
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        work: {
          type: GraphQLString,
          resolve: async (_root, _args, { prisma }: Context) => {
            await new Promise<void>((resolve) => halfway.push(resolve));
            done.push(`${await prisma.flowRun.count()} runs`);
            return "done";
          },
        },
      },
    }),
  });
  return { schema, halfway, done };
}

it("a server that stops finishes what it has begun, also for clients that have gone", async () => {
  const { schema, halfway, done } = work();
  const server = await startTestServer({ schema });
  const abort = new AbortController();
  const request = fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ work }" }),
    signal: abort.signal,
  });
  const socket = await SocketClient.connect(server.url);
  socket.subscribe("{ work }");
  await until("both are half-way", () => halfway.length === 2);
  abort.abort();
  await expect(request).rejects.toThrow("aborted");
  await socket.close();
  // Time enough for a server that does not wait.
  setTimeout(() => halfway.forEach((goOn) => void goOn()), 300);
  await server.close();
  expect(done).toEqual(["0 runs", "0 runs"]);
  expect(server.reports).toEqual([]);
});
