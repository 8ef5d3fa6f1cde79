import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../../server/context.ts";
import { SocketClient, startTestServer, type TestServer, until } from "../support/wire.ts";

let server: TestServer;
let waiting = 0;
let gone = 0;

/** Work that ends only when whoever asked for it is gone. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      wait: {
        type: GraphQLString,
        resolve: (_root, _args, { signal }: Context) => {
          waiting += 1;
          return new Promise<string>((resolve) => {
            signal?.addEventListener("abort", () => {
              gone += 1;
              resolve("for nothing");
            });
          });
        },
      },
    },
  }),
});

beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(() => server.close());

it("tells long work that the client has gone, over HTTP and over a socket", async () => {
  const abort = new AbortController();
  const request = fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ wait }" }),
    signal: abort.signal,
  });
  await until("the work has begun", () => waiting === 1);
  abort.abort();
  await expect(request).rejects.toThrow("aborted");
  await until("the work knows", () => gone === 1);

  const socket = await SocketClient.connect(server.url);
  socket.subscribe("{ wait }");
  await until("the work has begun", () => waiting === 2);
  await socket.close();
  await until("the work knows", () => gone === 2);
});
