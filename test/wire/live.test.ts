import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { followLines, Lines, textsOf } from "../support/lines.ts";
import {
  type Answer,
  EventClient,
  SocketClient,
  startTestServer,
  type TestServer,
  until,
} from "../support/wire.ts";

let lines: Lines;
let server: TestServer;
beforeEach(async () => {
  lines = new Lines();
  server = await startTestServer({ schema: lines.schema });
});
afterEach(async () => {
  await server.close();
  expect(server.app.graphql.groups.size).toBe(0);
});

function write(...texts: string[]): void {
  lines.write(server.context.bus, ...texts);
}

function seqs(answers: Answer[]): number[] {
  return answers.map(({ data }) => (data?.lines ?? data?.newest) as { seq: number }).map(({ seq }) => seq);
}

/** What buffers hold now, without garbage. */
async function bufferedBytes(): Promise<number> {
  setFlagsFromString("--expose-gc");
  for (let round = 0; round < 3; round++) {
    runInNewContext("gc")();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return process.memoryUsage().arrayBuffers;
}

/** Waits until so many are subscribed. */
function subscribed(count: number): Promise<void> {
  return until(`${count} subscribers`, () => server.app.graphql.groups.size === count);
}

describe("over WebSocket", () => {
  it("gives what was written behind the cursor, then what is written", async () => {
    write("one", "two", "three");
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe(followLines, { after: "1" });
    expect(textsOf(await client.results(id, 2))).toEqual(["two", "three"]);
    write("four");
    expect(await client.next()).toEqual({
      id,
      type: "next",
      payload: { data: { lines: { seq: 4, text: "four" } } },
    });
    await client.close();
  });

  it("starts live without a cursor", async () => {
    write("one");
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe(followLines);
    await subscribed(1);
    write("two");
    expect(textsOf(await client.results(id, 1))).toEqual(["two"]);
    await client.close();
  });

  it("keeps any id, text and length as they are", async () => {
    const client = await SocketClient.connect(server.url);
    const sizes = [0, 1, 60, 100, 200, 1000, 65_000, 66_000, 300_000];
    const id = client.subscribe(followLines, { after: "0" }, 'ä"\u2028\\😀');
    const all = sizes.map((size) => `${size}é😀\u2028"${"x".repeat(size)}`);
    write(...all);
    expect(textsOf(await client.results(id, all.length))).toEqual(all);
    await client.close();
  });

  it("renders once for equal subscribers, wherever they begin, and apart for others", async () => {
    write("one", "two");
    const clients = await Promise.all(Array.from({ length: 20 }, () => SocketClient.connect(server.url)));
    const ids = clients.map((client) => client.subscribe(followLines, { after: "2" }));
    const other = clients[0]?.subscribe("subscription { lines { text } }");
    await subscribed(21);
    expect(server.app.graphql.groups.streams).toBe(2);
    lines.rendered = 0;
    lines.reads = 0;
    write("three");
    for (const [index, client] of clients.entries())
      expect(textsOf(await client.results(ids[index] ?? "", 1))).toEqual(["three"]);
    expect(textsOf((await clients[0]?.results(other ?? "", 1)) ?? [])).toEqual(["three"]);
    expect(lines.rendered).toBe(2);
    expect(lines.reads).toBeLessThan(20); // and not once for each of them
    await Promise.all(clients.map((client) => client.close()));
  });

  it("ends at once, even while idle, by complete and by a closed socket, and leaves nothing behind", async () => {
    const client = await SocketClient.connect(server.url);
    const first = client.subscribe(followLines);
    client.subscribe("subscription { newest { text } }");
    client.subscribe("subscription { mine { text } }");
    await subscribed(3);
    expect(lines.open).toBe(1);
    client.send({ id: first, type: "complete" });
    await subscribed(2);
    client.socket.terminate();
    await subscribed(0);
    await until("the private stream is closed", () => lines.open === 0);
    expect(server.app.graphql.groups.streams).toBe(0);
    expect(server.context.bus).toMatchObject({ size: 0 });
  });

  it("may end and begin with the same id", async () => {
    const client = await SocketClient.connect(server.url);
    for (let round = 0; round < 20; round++) {
      client.subscribe(followLines, { after: "0" }, "same");
      client.send({ id: "same", type: "complete" });
    }
    client.subscribe(followLines, { after: "0" }, "last");
    write("one");
    expect(textsOf(await client.results("last", 1))).toEqual(["one"]);
    await subscribed(1);
    await client.close();
  });

  it("refuses with a code before the first item, and masks what is unexpected", async () => {
    const client = await SocketClient.connect(server.url);
    const codes: unknown[] = [];
    for (const after of ["missing", "x", "broken"]) {
      const [answer] = await client.results(client.subscribe(followLines, { after }), 1);
      codes.push(answer?.errors?.map(({ message, extensions }) => [message, extensions?.code]));
    }
    expect(codes).toEqual([
      [["no such line", "NOT_FOUND"]],
      [["no cursor", "BAD_CURSOR"]],
      [["Unexpected error.", "INTERNAL_SERVER_ERROR"]],
    ]);
    expect(server.reports).toMatchObject([{ cause: { message: "the password is 1234" } }]);
    await client.close();
  });

  it("masks errors within items", async () => {
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe('subscription { lines(after: "0") { text secret } }');
    write("one");
    const [answer] = await client.results(id, 1);
    expect(answer).toMatchObject({
      data: { lines: { text: "one", secret: null } },
      errors: [
        {
          message: "Unexpected error.",
          path: ["lines", "secret"],
          extensions: { code: "INTERNAL_SERVER_ERROR" },
        },
      ],
    });
    await client.close();
  });

  it("goes on when the database was away", async () => {
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe(followLines);
    await subscribed(1);
    lines.failure = new Error("connection lost");
    write("one");
    await until("the failure is reported", () => server.reports.length > 0);
    lines.failure = undefined;
    expect(textsOf(await client.results(id, 1))).toEqual(["one"]);
    await client.close();
  });

  it("answers queries and mutations", async () => {
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe('mutation { write(text: "one") }');
    expect((await client.results(id, 1))[0]).toEqual({ data: { write: 1 } });
    expect((await client.next()).type).toBe("complete");
    const two = client.subscribe("query A { count } query B { count c: count }");
    expect((await client.next()).payload).toMatchObject([{ message: expect.stringContaining("operation") }]);
    expect(two).toBeDefined();
    await client.close();
  });

  it("delivers all, once, in order, to subscribers that come and go while lines are written", async () => {
    const total = 3000;
    const followers = Array.from({ length: 12 }, async (_, which) => {
      const seen: number[] = [];
      while (seen.length < total) {
        const client = await SocketClient.connect(server.url);
        const id = client.subscribe(followLines, { after: String(seen.at(-1) ?? 0) });
        const wanted = Math.min(total - seen.length, 50 + ((which * 37 + seen.length) % 400));
        seen.push(...seqs(await client.results(id, wanted)));
        client.socket.terminate();
      }
      return seen;
    });
    for (let written = 0; written < total; written += 10) {
      write(...Array.from({ length: 10 }, (_, i) => `line ${written + i}`));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const expected = Array.from({ length: total }, (_, i) => i + 1);
    for (const seen of await Promise.all(followers)) expect(seen.slice(0, total)).toEqual(expected);
  });
});

describe("a client that stops reading", () => {
  it("delays nobody, holds little memory, and gets everything later", async () => {
    const slow = await SocketClient.connect(server.url);
    const quick = await SocketClient.connect(server.url);
    const [slowId, quickId] = [
      slow.subscribe(followLines, { after: "0" }),
      quick.subscribe(followLines, { after: "0" }),
    ];
    await subscribed(2);
    slow.socket.pause();
    const count = 12_000;
    const text = "x".repeat(1000);
    const before = await bufferedBytes();
    // Whoever waited for the slow one for a while would now wait for ever.
    const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now());
    onTestFinished(() => clock.mockRestore());
    for (let written = 0; written < count; written += 100) {
      write(...Array.from({ length: 100 }, () => text));
      await quick.results(quickId, 100);
    }
    clock.mockRestore();
    // 12 MB went by; what waits in this process for the slow one is far less. (The lines share one text.)
    expect((await bufferedBytes()) - before).toBeLessThan(3_000_000);
    slow.socket.resume();
    const all = seqs(await slow.results(slowId, count));
    expect(all).toEqual(all.map((_, i) => i + 1));
    await Promise.all([slow.close(), quick.close()]);
  });

  it("may pass over states, but not the last", async () => {
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe("subscription { newest { seq text } }");
    await subscribed(1);
    client.socket.pause();
    for (let i = 0; i < 3000; i++) {
      write("y".repeat(2000));
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    client.socket.resume();
    for (let last = 0; last < 3000; ) {
      const [seq = 0] = seqs(await client.results(id, 1));
      expect(seq).toBeGreaterThan(last);
      last = seq;
    }
    await client.close();
  });
});

describe("over SSE", () => {
  it("gives what was written behind the cursor, then what is written", async () => {
    write("one", "two");
    const client = await EventClient.open(server.url, followLines, { after: "1" });
    expect(client.response.headers.get("content-type")).toContain("text/event-stream");
    expect(await client.next()).toEqual({
      event: "next",
      data: { data: { lines: { seq: 2, text: "two" } } },
    });
    write("three");
    expect(await client.next()).toEqual({
      event: "next",
      data: { data: { lines: { seq: 3, text: "three" } } },
    });
    client.close();
    await subscribed(0);
  });

  it("shares the text with WebSocket", async () => {
    const events = await EventClient.open(server.url, followLines);
    const client = await SocketClient.connect(server.url);
    const id = client.subscribe(followLines);
    await subscribed(2);
    lines.rendered = 0;
    write("one");
    expect((await events.next()).data).toEqual((await client.results(id, 1))[0]);
    expect(lines.rendered).toBe(1);
    events.close();
    await client.close();
  });

  it("ends at once while idle when the client goes, also a private one", async () => {
    const clients = await Promise.all([
      EventClient.open(server.url, followLines),
      EventClient.open(server.url, "subscription { mine { text } }"),
    ]);
    await subscribed(2);
    for (const client of clients) client.close();
    await subscribed(0);
    await until("the private stream is closed", () => lines.open === 0);
  });

  it("refuses with a code", async () => {
    const client = await EventClient.open(server.url, followLines, { after: "missing" });
    expect((await client.next()).data).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
    client.close();
  });

  it("is there by GET for EventSource", async () => {
    const url = `${server.url}?${new URLSearchParams({ query: followLines, variables: '{"after":"0"}' })}`;
    write("one");
    const response = await fetch(url, { headers: { accept: "text/event-stream" } });
    const reader = response.body?.getReader();
    let text = "";
    while (!text.includes('"one"')) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    await subscribed(0);
  });
});
