import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flow, NotPausable, suspendFlowRun } from "../../sdk/index.ts";
import { isAlive } from "../../server/postgres/postmaster.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
const served = new Served();
beforeAll(() => served.start(antiphon.url));
afterAll(() => served.close());

async function start(name: string, parameters: unknown = {}): Promise<string> {
  const run = await person.run(`${name}/${name}`, parameters);
  if (run.id === undefined) throw new Error(run.message);
  return run.id;
}

/** Waits until a process has ended. */
function left(pid: number): Promise<void> {
  return until("the process has ended", () => !isAlive(pid));
}

it("inputs 46, 53: a suspended run leaves at once, through finally, without an error in its log", async () => {
  const id = await start("suspends");
  const run = await person.until(id, "Suspended");
  expect(run.awaitedInput?.key).toBe("suspended-1");
  await served.noted(id, "finally");
  expect(served.notes(id)).toEqual(["began", "finally"]);
  expect((await person.read(id)).logs.nodes.filter((line) => line.level >= 30)).toEqual([]);
  expect(served.script?.output).not.toContain("RunSuspended");
  await person.cancel(id);
});

it("inputs 47: a run without a deployment, a subflow and a task cannot suspend", async () => {
  const called = flow("called", () => suspendFlowRun());
  await expect(called()).rejects.toThrow(NotPausable);
  const outer = await start("outer");
  await person.until(outer, "Completed");
  const inner = await person.runIn("inner", "Completed");
  expect(served.notes(inner.id)).toEqual(["not pausable"]);
  const fromTask = await start("from-task");
  await person.until(fromTask, "Completed");
  expect(served.notes(fromTask)).toEqual(["not pausable"]);
});

it("inputs 48: a run that is suspended by its id stops between its tasks", async () => {
  const gate = path.join(served.notesIn, "steps");
  const id = await start("steps", { gate });
  await until("the third step has begun", () => existsSync(`${gate}-begun`));
  expect(await suspendFlowRun({ flowRunId: id })).toBeUndefined();
  await person.until(id, "Suspended");
  await until("the third step has heard of it", () => existsSync(gate));
  await left(Number(readFileSync(gate, "utf8")));
  expect(served.notes(id)).toEqual(["step 1", "step 2", "step 3"]);
  await person.resume(id);
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(Array.from({ length: 20 }, (_, index) => `step ${index + 1}`));
});

it("inputs 49: suspended between Running and its first line, a run's code never begins", async () => {
  const gate = path.join(served.notesIn, "slow-start");
  const id = await start("slow-start", { gate });
  await until("its parameters are checked", () => existsSync(`${gate}-checking`));
  await person.until(id, "Running");
  await person.suspend(id);
  await person.until(id, "Suspended");
  writeFileSync(gate, "");
  await left(Number(readFileSync(`${gate}-checking`, "utf8")));
  expect(served.notes(id)).toEqual([]);
  expect((await person.read(id)).state.name).toBe("Suspended");
});

it.each([false, true])(
  "inputs 50: code that ends while a suspension waits changes nothing (throws: %s)",
  async (fails) => {
    const gate = path.join(served.notesIn, `finishing-${fails}`);
    const id = await start("finishing", { gate, fails });
    const pid = Number((await served.noted(id, /^pid /)).slice(4));
    await person.suspend(id);
    writeFileSync(gate, "");
    await left(pid);
    expect(served.notes(id)).toContain("ended");
    expect((await person.read(id)).state.name).toBe("Suspended");
  },
);

it("inputs 51, 45: resumed, the code runs again, has the answer, and is the same attempt", async () => {
  const id = await start("answers");
  await person.until(id, "Suspended");
  await person.resume(id, { x: 42 });
  const run = await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["began", "began", "answered 42"]);
  expect(run.runCount).toBe(1);
  expect(run.stateHistory.map((state) => state.name)).toEqual([
    "Scheduled",
    "Pending",
    "Running",
    "Suspended",
    "Resuming",
    "Pending",
    "Running",
    "Completed",
  ]);
});

it("a signal that is caught comes again from the next call", async () => {
  const id = await start("swallows");
  await person.until(id, "Suspended");
  await served.noted(id, "then RunSuspended");
  expect((await person.read(id)).state.name).toBe("Suspended");
});

it("inputs 42: after a suspension refused and accepted answers are replayed in order, and nothing is asked again", async () => {
  const id = await start("replays");
  await person.until(id, "Suspended");
  await person.resume(id, { size: "small", color: "green" });
  await person.untilAsked(id, "suspended-2");
  await person.resume(id, { size: "large", color: "green" });
  await person.untilAsked(id, "suspended-last");
  await person.resume(id);
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual([
    "turn 1 no small green",
    ...["turn 1 no small green", "turn 2 large"],
    ...["turn 1 no small green", "turn 2 large", "done"],
  ]);
});

it("an answer that was accepted without its process and is then refused is asked for again by the same call", async () => {
  const id = await start("deferred");
  await person.until(id, "Suspended");
  const bad = { size: "small", color: "green" };
  await person.resume(id, bad);
  const again = await person.untilAsked(id, "suspended-1--2");
  expect(again.awaitedInput).toMatchObject({
    refusedAnswer: bad,
    refusedIssues: [{ path: [], message: "no small green" }],
  });
  await person.resume(id, { size: "large", color: "green" });
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["got large"]);
});

it("a question gives up after its attempts, over suspensions too", async () => {
  const id = await start("gives-up");
  await person.until(id, "Suspended");
  await person.resume(id, { size: "small", color: "green" });
  await person.untilAsked(id, "suspended-1--2");
  await person.resume(id, { size: "small", color: "green" });
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["gave up: no small green"]);
});

it("inputs 79, 80: unnamed questions keep their numbers, and answers given in a process come again without a pause", async () => {
  const id = await start("mixed");
  await person.untilAsked(id, "paused-1");
  await person.resume(id, "one");
  await person.untilAsked(id, "paused-named");
  await person.resume(id, "two");
  await person.untilAsked(id, "suspended-2");
  await person.resume(id, "three");
  const run = await person.until(id, "Completed");
  expect(run.stateHistory.filter((state) => state.name === "Paused")).toHaveLength(2);
  expect(served.notes(id)).toEqual([
    ...["began", "charged 1", "charged 1", "charged 2", "today", "silent", "600000", "3000000"],
    ...["began", "today", "600000", "3000000", "one two three 1,1,2"],
  ]);
  const warnings = run.logs.nodes.filter((line) => line.level === 30);
  const told = [
    expect.stringContaining("the result of task today is no JSON"),
    expect.stringMatching(
      /the result of task 600000 was refused \(value: is 6000\d\d bytes of JSON; at most 524288/,
    ),
    expect.stringMatching(
      /the result of task 3000000 was refused \(the request has 3000\d\d\d bytes, and at most/,
    ),
  ];
  expect(warnings.map((line) => line.message)).toEqual([...told, ...told]);
});

it("a subflow that has finished is taken from the store, and one that waits goes on as the same run", async () => {
  const id = await start("parent");
  const first = await person.runIn("child", "Paused");
  await person.resume(first.id, 1);
  await person.until(id, "Suspended");
  await person.resume(id);
  const second = await person.runIn("child", "Paused");
  expect(second.id).not.toBe(first.id);
  await person.resume(second.id, 2);
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["sum 3"]);
  expect(served.notes(first.id)).toEqual(["child 1"]);
});

it("another question than the one that was answered here before is no match", async () => {
  const file = path.join(served.notesIn, "changed");
  const id = await start("changed", { file });
  await person.until(id, "Suspended");
  await person.resume(id, "text");
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["PauseReplayMismatch"]);
});

it("inputs 52: suspended or resuming, a run is Cancelled directly", async () => {
  const id = await start("answers");
  await person.until(id, "Suspended");
  await person.cancel(id);
  expect((await person.read(id)).state.name).toBe("Cancelled");
  await until("the notes stay as they are", () => served.notes(id).length === 1);
});

it("inputs 44: a paused run that failed on an answer asks afresh when it is retried", async () => {
  const id = await start("judges");
  await person.until(id, "Paused");
  await person.resume(id, "bad");
  const failed = await person.until(id, "Failed");
  expect(failed.state.message).toBe("unusable");
  await person.retry(id);
  await person.untilAsked(id, "paused-1--2");
  await person.resume(id, "good");
  const run = await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["got good"]);
  expect(run.runCount).toBe(2);
});

it("a named position outlives a suspension: what was finished with does not come again", async () => {
  const id = await start("collects");
  await person.until(id, "Running");
  for (const text of ["a", "nap-1", "b"]) await person.send(id, text);
  await person.until(id, "Suspended");
  await person.send(id, "c");
  await person.resume(id);
  for (const text of ["nap-2", "d"]) await person.send(id, text);
  await person.until(id, "Suspended");
  await person.send(id, "end");
  await person.resume(id);
  await person.until(id, "Completed");
  expect(served.notes(id)).toEqual(["a", "nap-1", "b", "c", "nap-2", "d"]);
});
