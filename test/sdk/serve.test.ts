import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isAlive } from "../../server/postgres/postmaster.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Script } from "./support/script.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
let served: Served;
beforeEach(() => {
  served = new Served();
});
afterEach(() => served.close());

async function start(name: string, parameters: unknown = {}): Promise<string> {
  const run = await person.run(`${name}/${name}`, parameters);
  if (run.id === undefined) throw new Error(run.message);
  return run.id;
}

it("at most `limit` runs run at once, and a paused one keeps its place", async () => {
  await served.start(antiphon.url, { LIMIT: "2" });
  const [one, two, three] = [await start("waits"), await start("waits"), await start("waits")];
  await person.until(one, "Paused");
  await person.until(two, "Paused");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await person.read(three)).state.name).toBe("Scheduled");
  await person.resume(one, "go");
  await person.until(three, "Paused");
  await person.resume(two, "go");
  await person.resume(three, "go");
  await person.until(two, "Completed");
  await person.until(three, "Completed");
});

it("a suspended run gives its place back", async () => {
  await served.start(antiphon.url, { LIMIT: "1" });
  const one = await start("answers");
  await person.until(one, "Suspended");
  const two = await start("quick");
  await person.until(two, "Completed");
});

it("a cancelled run's process ends at once, even where its code never waits", async () => {
  await served.start(antiphon.url);
  const sleeping = await start("sleeps", { ms: 60_000 });
  const pid = Number((await served.noted(sleeping, /^pid /)).slice(4));
  await person.cancel(sleeping);
  await person.until(sleeping, "Cancelled");
  expect(isAlive(pid)).toBe(false);
  // By itself, and not by force ten seconds later.
  expect(served.notes(sleeping)).toEqual([`pid ${pid}`, "exit 143"]);
});

it("a cancelled run whose code computes without end is killed after 10 s", async () => {
  await served.start(antiphon.url);
  const busy = await start("busy");
  const pid = Number((await served.noted(busy, /^pid /)).slice(4));
  await person.cancel(busy);
  await until("the process is gone", () => !isAlive(pid));
  await person.until(busy, "Cancelled");
});

it("code that waits in a call when it is cancelled may clean up", async () => {
  await served.start(antiphon.url);
  const id = await start("listens");
  await served.noted(id, "began");
  await person.send(id, "hi");
  await served.noted(id, "heard hi");
  await person.cancel(id);
  await person.until(id, "Cancelled");
  expect(served.notes(id)).toEqual(["began", "heard hi", "finally"]);
});

it("a child that is killed while it runs is Crashed at once, and while it waits its run is suspended", async () => {
  await served.start(antiphon.url);
  const running = await start("sleeps", { ms: 60_000 });
  process.kill(Number((await served.noted(running, /^pid /)).slice(4)), "SIGKILL");
  const crashed = await person.until(running, "Crashed");
  expect(crashed.state.message).toContain("SIGKILL");
  const waiting = await start("waits");
  await person.until(waiting, "Paused");
  await until("its log is there", async () => (await person.read(waiting)).logs.nodes.length > 0);
  const pid = (await person.read(waiting)).logs.nodes
    .find((line) => line.message.startsWith("pid"))
    ?.message.slice(4);
  process.kill(Number(pid), "SIGKILL");
  const suspended = await person.until(waiting, "Suspended");
  expect(suspended.awaitedInput?.key).toBe("paused-1");
  await person.resume(waiting, "later");
  await person.until(waiting, "Completed");
  expect(served.notes(waiting)).toEqual(["began", "began", "answered later"]);
});

it("a runner that is killed takes its children with it, and the next runner goes on", async () => {
  const first = await served.start(antiphon.url);
  const id = await start("sleeps", { ms: 60_000 });
  const pid = Number((await served.noted(id, /^pid /)).slice(4));
  await first.stop();
  await until("the child is gone", () => !isAlive(pid));
  await served.start(antiphon.url);
  const next = await start("quick");
  await person.until(next, "Completed");
});

it("a runner that is asked to stop suspends what waits at once, and waits for the rest", async () => {
  const script = await served.start(antiphon.url, { ANTIPHON_SHUTDOWN_GRACE: "3600" });
  const gate = path.join(served.notesIn, "gate");
  const waiting = await start("waits");
  const passing = await start("passes", { gate });
  await person.until(waiting, "Paused");
  await served.noted(passing, "began");
  script.kill("SIGTERM");
  await person.until(waiting, "Suspended");
  expect(served.notes(passing)).toEqual(["began"]);
  writeFileSync(gate, "");
  await person.until(passing, "Completed");
  expect(await script.exited).toEqual({ code: 0, signal: null });
});

it("a runner that is asked to stop ends what is not over after its grace", async () => {
  const script = await served.start(antiphon.url, { ANTIPHON_SHUTDOWN_GRACE: "0.5" });
  const long = await start("sleeps", { ms: 60_000 });
  await served.noted(long, /^pid /);
  script.kill("SIGTERM");
  const crashed = await person.until(long, "Crashed");
  expect(crashed.state.message).toMatch(/stop/);
  expect(await script.exited).toEqual({ code: 0, signal: null });
});

it("a runner that is asked to stop while its server is gone ends after its grace all the same", async () => {
  const script = await served.start(antiphon.url, { ANTIPHON_SHUTDOWN_GRACE: "0.5" });
  const long = await start("sleeps", { ms: 60_000 });
  const pid = Number((await served.noted(long, /^pid /)).slice(4));
  await antiphon.stop();
  try {
    script.kill("SIGTERM");
    expect(await script.exited).toEqual({ code: 0, signal: null });
    expect(isAlive(pid)).toBe(false);
    expect(script.output).toContain("1 running run has 0.5 s to end");
    expect(script.output).toMatch(/the end of run \S+ was not reported: \S+ did not answer in time/);
  } finally {
    await antiphon.start();
  }
});

it.each(["SIGTERM", "SIGINT"] as const)(
  "a runner whose server is not there yet ends at once when it is asked to (%s)",
  async (signal) => {
    const nowhere = `http://127.0.0.1:${await freePort()}/graphql`;
    const script = new Script("served.ts", [], { ANTIPHON_API_URL: nowhere, NOTES: served.notesIn }, true);
    await script.says(`no connection to ${nowhere}`);
    script.kill(signal);
    expect(await script.exited).toEqual({ code: 0, signal: null });
  },
);

it.each(["SIGTERM", "SIGINT"] as const)(
  "a runner whose server is gone ends at once at a second signal (%s), with runs that listen",
  async (second) => {
    const script = await served.start(antiphon.url, { ANTIPHON_SHUTDOWN_GRACE: "3600" });
    const listening = await start("listens");
    const sleeping = await start("sleeps", { ms: 3_600_000 });
    await served.noted(listening, "began");
    const pid = Number((await served.noted(sleeping, /^pid /)).slice(4));
    await antiphon.stop();
    try {
      script.kill("SIGTERM");
      await script.says("2 running runs have 3600 s to end");
      script.kill(second);
      expect(await script.exited).toEqual({ code: 0, signal: null });
      expect(isAlive(pid)).toBe(false);
    } finally {
      await antiphon.start();
    }
  },
);

it("a server that restarts loses nothing: runs, waits, receivers and runners go on", async () => {
  await served.start(antiphon.url);
  const waiting = await start("waits");
  const listening = await start("listens");
  await person.until(waiting, "Paused");
  await served.noted(listening, "began");
  await antiphon.stop();
  await antiphon.start();
  await person.resume(waiting, "still there");
  await person.until(waiting, "Completed");
  expect(served.notes(waiting)).toEqual(["began", "answered still there"]);
  await person.send(listening, "hello");
  await served.noted(listening, "heard hello");
  const next = await start("quick");
  await person.until(next, "Completed");
  await person.cancel(listening);
  await person.until(listening, "Cancelled");
});

it("a run that was asked for by a run is cancelled with it", async () => {
  await served.start(antiphon.url);
  const id = await start("delegates");
  const isChild = (run: { parent: { id: string } | null }) => run.parent?.id === id;
  await until("its run is there", async () => (await person.runsOf("sleeps")).some(isChild));
  const child = (await person.runsOf("sleeps")).find(isChild);
  if (!child) throw new Error("found and lost");
  await person.until(child.id, "Running");
  await person.cancel(id);
  await person.until(id, "Cancelled");
  await person.until(child.id, "Cancelled");
});
