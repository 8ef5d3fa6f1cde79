import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bus, Wake } from "../../server/bus/bus.ts";
import { MemoryBus } from "../../server/bus/memory-bus.ts";
import { PostgresBus } from "../../server/bus/postgres-bus.ts";
import { inputsTopic, runTopic, type Topic } from "../../server/bus/topic.ts";
import { createEmptyDatabase, type TestDatabase } from "../support/database.ts";
import { patience } from "../support/wire.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(async () => database.drop());

const hours = 3_600_000;

interface Options {
  poll?: number;
  log?: (message: string) => void;
  /** It connects no earlier. */
  after?: Promise<void>;
}

async function postgresBus(options: Options = {}): Promise<PostgresBus> {
  const bus = connectingBus(options);
  await bus.ready();
  return bus;
}

function connectingBus(options: Options): PostgresBus {
  return new PostgresBus({
    connect: async () => {
      await options.after;
      const client = new pg.Client({ connectionString: database.url, application_name: "bus under test" });
      await client.connect();
      return client;
    },
    log: options.log ?? (() => undefined),
    poll: options.poll ?? hours,
  });
}

/** Whether it is woken, within so many milliseconds. */
async function woken(wake: Wake, within = patience): Promise<boolean> {
  const over = new AbortController();
  const silence = sleep(within, "silent" as const, over).catch(() => "silent" as const);
  const first = await Promise.race([wake.next(), silence]);
  over.abort();
  return first === true;
}

describe.each([
  { name: "memory", make: async (): Promise<Bus & { size: number }> => new MemoryBus() },
  { name: "postgres", make: async (): Promise<Bus & { size: number }> => postgresBus() },
])("a bus in $name", ({ make }) => {
  const topic = runTopic("a");

  it("wakes who waits", async () => {
    const bus = await make();
    const wake = bus.wake(topic);
    const next = wake.next();
    bus.notify(topic);
    expect(await next).toBe(true);
    await bus.close();
  });

  it("keeps a notification for who is not waiting yet, and many as one", async () => {
    const bus = await make();
    const wake = bus.wake(topic);
    for (let i = 0; i < 100; i++) bus.notify(topic);
    expect(await wake.next()).toBe(true);
    expect(await woken(wake, 60)).toBe(false);
    await bus.close();
  });

  it("wakes for its own topic only, and for each of several", async () => {
    const bus = await make();
    const wakes = [topic, inputsTopic("a"), runTopic("b")].map((each) => bus.wake(each));
    bus.notify(topic, inputsTopic("a"));
    expect(await Promise.all(wakes.map((wake) => woken(wake, 60)))).toEqual([true, true, false]);
    await bus.close();
  });

  it("ends a wake at once while it waits, and leaves nothing behind", async () => {
    const bus = await make();
    const wake = bus.wake(topic);
    const next = wake.next();
    wake.close();
    expect(await next).toBe(false);
    expect(await wake.next()).toBe(false);
    expect(bus.size).toBe(0);
    await bus.close();
  });

  it("closes all wakes with itself", async () => {
    const bus = await make();
    const waiting = [bus.wake(topic).next(), bus.wake("flow-runs").next()];
    await bus.close();
    expect(await Promise.all(waiting)).toEqual([false, false]);
    expect(bus.size).toBe(0);
  });
});

describe("two servers on one database", () => {
  it("wake each other", async () => {
    const [one, two] = [await postgresBus(), await postgresBus()];
    const wake = two.wake(runTopic("a"));
    one.notify(runTopic("a"));
    expect(await woken(wake)).toBe(true);
    const back = one.wake("claimable");
    two.notify("claimable");
    expect(await woken(back)).toBe(true);
    await Promise.all([one.close(), two.close()]);
  });

  it("wake everybody of one that begins to listen, for what was rung before", async () => {
    const one = await postgresBus();
    let open = () => {};
    const two = connectingBus({
      after: new Promise((resolve) => {
        open = resolve;
      }),
    });
    const next = two.wake(runTopic("a")).next();
    one.notify(runTopic("a"));
    expect(await Promise.race([next, sleep(60, "silent")])).toBe("silent");
    open();
    expect(await next).toBe(true);
    await Promise.all([one.close(), two.close()]);
  });

  it("ring once for a burst, with all of its topics", async () => {
    const [one, two] = [await postgresBus(), await postgresBus()];
    const watcher = new pg.Client(database.url);
    await watcher.connect();
    const payloads: string[] = [];
    watcher.on("notification", ({ payload }) => payloads.push(payload ?? ""));
    await watcher.query("LISTEN antiphon");
    const topics: Topic[] = Array.from({ length: 20 }, (_, i) => runTopic(String(i)));
    const wakes = topics.map((topic) => two.wake(topic));
    for (let i = 0; i < 50; i++) for (const topic of topics) one.notify(topic);
    expect(await Promise.all(wakes.map((wake) => woken(wake)))).toEqual(topics.map(() => true));
    await watcher.query("SELECT 1");
    expect(payloads.length).toBeLessThanOrEqual(2);
    await Promise.all([watcher.end(), one.close(), two.close()]);
  });

  it("wake everybody where the topics do not fit into one notification", async () => {
    const [one, two] = [await postgresBus(), await postgresBus()];
    const wake = two.wake(runTopic("somebody"));
    one.notify(...Array.from({ length: 1000 }, (_, i) => runTopic(`many-${i}`)));
    expect(await woken(wake)).toBe(true);
    await Promise.all([one.close(), two.close()]);
  });

  it("wake everybody when a lost connection is back, and ring again", async () => {
    const messages: string[] = [];
    const [one, two] = [await postgresBus(), await postgresBus({ log: (message) => messages.push(message) })];
    const wake = two.wake(runTopic("a"));
    const admin = new pg.Client(database.url);
    await admin.connect();
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bus under test'",
    );
    expect(await woken(wake)).toBe(true);
    expect(messages).toEqual([expect.stringContaining("lost"), expect.stringContaining("back")]);
    await one.ready();
    one.notify(runTopic("a"));
    expect(await woken(wake)).toBe(true);
    await Promise.all([admin.end(), one.close(), two.close()]);
  });

  it("look anyway every few seconds", async () => {
    const bus = await postgresBus({ poll: 20 });
    expect(await woken(bus.wake("flow-runs"))).toBe(true);
    await bus.close();
  });
});
