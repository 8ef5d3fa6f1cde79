import path from "node:path";
import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import type { Context } from "../../server/context.ts";
import { schema } from "../../server/graphql/schema.ts";
import { createLogs } from "../../server/log/create-logs.ts";
import { createTestDatabase } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";
import { seedRun } from "../support/seed.ts";
import { ask, startTestServer, type TestServer, until } from "../support/wire.ts";
import { namedBlock } from "./support/pages.ts";
import { writeScratch } from "./support/scratch.ts";

const page = "docs/live-subscriptions.md";

/** Loads what the page shows, as somebody who copies it. */
async function load<Module>(file: string): Promise<Module> {
  const folder = writeScratch({ [file]: namedBlock(page, file).text });
  return import(path.join(folder, file)) as Promise<Module>; // the page's code, type-checked in another test
}

function contextOf(server: TestServer): Context {
  return { ...server.context, actor: { kind: "operator" } };
}

/** A server that can be taken away and brought back at the same address. */
async function startAgain(old: TestServer, databaseUrl: string): Promise<TestServer> {
  await old.close();
  return startTestServer({ schema, databaseUrl, port: old.port });
}

it("the page's graphql-ws client sees each input once, over a restart of the server", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  const database = await createTestDatabase();
  let server = await startTestServer({ schema, databaseUrl: database.url, port: await freePort() });
  const { url } = server;
  const { id } = await seedRun(contextOf(server), "followed");
  const send = (value: number) =>
    ask(
      url,
      `mutation ($id: ID!, $value: JSON) { sendInput(flowRunId: $id, value: $value) { __typename } }`,
      {
        id,
        value,
      },
    );
  const { followInputs } = await load<{
    followInputs(url: string, run: string, on: (input: { value: unknown }) => void): () => void;
  }>("follow-inputs.ts");
  const seen: unknown[] = [];
  await send(1);
  const stop = followInputs(url, id, ({ value }) => seen.push(value));
  try {
    await send(2);
    await until("two inputs are seen", () => seen.length === 2);
    server = await startAgain(server, database.url);
    await send(3);
    await send(4);
    await until("the inputs after the restart are seen", () => seen.length >= 4);
    expect(seen).toEqual([1, 2, 3, 4]);
  } finally {
    stop();
    vi.unstubAllGlobals();
    await server.close();
    await database.drop();
  }
});

it("the page's reader of events sees each log line once, over a restart of the server", async () => {
  const database = await createTestDatabase();
  let server = await startTestServer({ schema, databaseUrl: database.url, port: await freePort() });
  const { url } = server;
  const { id } = await seedRun(contextOf(server), "followed");
  const log = (message: string) =>
    createLogs(contextOf(server), {
      flowRunId: id,
      lines: [{ level: 20, message, loggerName: "flow.followed", timestamp: new Date() }],
    });
  const { followLogs } = await load<{
    followLogs(url: string, run: string): AsyncGenerator<{ message: string }>;
  }>("follow-logs.ts");
  const lines = followLogs(url, id);
  const next = async () => (await lines.next()).value?.message;
  try {
    await log("one");
    expect(await next()).toBe("one");
    await log("two");
    expect(await next()).toBe("two");
    server = await startAgain(server, database.url);
    await log("three");
    expect(await next()).toBe("three");
  } finally {
    await lines.return(undefined);
    await server.close();
    await database.drop();
  }
});
