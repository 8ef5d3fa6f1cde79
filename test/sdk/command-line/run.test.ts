import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { timeText } from "../../../sdk/cli/text/time.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { createLogs } from "../../../server/log/create-logs.ts";
import { askFor, calledRun, readRun, scheduledRun } from "../../support/runs.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { Command, type Ended } from "../support/command.ts";
import { runHere } from "../support/run-here.ts";

const antiphon = useAntiphon();

function context() {
  if (!antiphon.context) throw new Error("the server is not running");
  return antiphon.context;
}

function run(...args: string[]): Promise<Ended> {
  return runHere(["run", ...args]);
}

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  return JSON.parse((await run(...args, "--json")).out);
}

function end(flowRunId: string, execution: number, type: "COMPLETED" | "FAILED", message?: string) {
  return setFlowRunState(context(), { flowRunId, execution, state: { type, message } });
}

it("runs are listed, newest first, and narrowed by what they are", async () => {
  const id = await scheduledRun(context(), "orders");
  const called = await calledRun(context(), "greet");
  await end(called.flowRunId, called.execution, "FAILED", "no luck");
  const { out } = await run("ls");
  const [titles = "", first, second] = out.trimEnd().split("\n");
  expect(titles.split(/ {2,}/)).toEqual(["NAME", "OF", "STATE", "CREATED", "RAN", "ID"]);
  expect(first).toMatch(new RegExp(`greet +Failed .* ${called.flowRunId}$`));
  expect(second).toMatch(new RegExp(`orders/main +Scheduled .* ${id}$`));
  const ids = async (...args: string[]) => (await json("ls", ...args)).map((one) => one.id);
  expect(await ids()).toEqual([called.flowRunId, id]);
  expect(await ids("--state", "failed", "--state", "crashed")).toEqual([called.flowRunId]);
  expect(await ids("--state", "Scheduled", "--flow", "orders")).toEqual([id]);
  expect(await ids("--deployment", "orders/main")).toEqual([id]);
  expect(await ids("--tag", "none")).toEqual([]);
  await runHere(["work-pool", "create", "lab"]);
  expect(await ids("--pool", "lab")).toEqual([]);
  const { id: workQueueId } = await context().prisma.workQueue.findFirstOrThrow();
  await context().prisma.flowRun.update({ where: { id }, data: { workQueueId } });
  expect(await ids("--pool", "lab")).toEqual([id]);
  expect(await ids("--limit", "1")).toEqual([called.flowRunId]);
  expect((await run("ls", "--limit", "1")).err).toContain("the newest 1 of 2");
  expect((await run("ls", "--name", "nothing of it")).out).toBe("There is no such run.\n");
});

it("runs that only wait for their time are listed where they are asked for, with when they are due", async () => {
  const later = await runDeployment(context(), {
    deployment: "orders/main",
    scheduledTime: new Date(Date.now() + 7_200_000),
  });
  const sooner = await runDeployment(context(), {
    deployment: "orders/main",
    scheduledTime: new Date(Date.now() + 3_600_000),
  });
  const ids = async (...args: string[]) => (await json("ls", ...args)).map((one) => one.id);
  expect(await ids()).not.toContain(later);
  expect(await ids("--upcoming")).toEqual([sooner, later]);
  expect(await ids("--state", "scheduled")).toEqual(expect.arrayContaining([sooner, later]));
  const { out, err } = await run("ls", "--upcoming", "--limit", "1");
  const [titles = "", first] = out.trimEnd().split("\n");
  expect(titles.split(/ {2,}/)).toEqual(["NAME", "OF", "STATE", "DUE", "CREATED", "RAN", "ID"]);
  const { expectedStart } = await context().prisma.flowRun.findUniqueOrThrow({ where: { id: sooner } });
  expect(first).toContain(`Scheduled  ${timeText(expectedStart?.toISOString() ?? "")}`);
  expect(err).toContain("the soonest 1 of 2");
  expect((await run("inspect", sooner)).out).toMatch(/^Waits because +it is not due before .* UTC$/m);
});

it("states are told by types and names in any case, and by the names that runs have of their own", async () => {
  const late = await scheduledRun(context(), "tardy");
  const own = await scheduledRun(context(), "vetted");
  const named = (id: string, stateName: string) =>
    context().prisma.flowRun.update({ where: { id }, data: { stateName } });
  await named(late, "Late");
  await named(own, "Awaiting Review");
  const ids = async (...states: string[]) =>
    (
      await json(
        "ls",
        "--flow",
        "tardy",
        "--flow",
        "vetted",
        ...states.flatMap((state) => ["--state", state]),
      )
    ).map((one) => one.id);
  for (const state of ["late", "LATE", "Late"]) expect(await ids(state)).toEqual([late]);
  expect(await ids("Awaiting Review")).toEqual([own]);
  expect(await ids("late", "timed-out", "Awaiting Review")).toEqual([own, late]);
  expect(await ids("scheduled")).toEqual(expect.arrayContaining([late, own]));
  const { code, err } = await run("ls", "--state", "compleated");
  expect(code).toBe(2);
  expect(err).toContain('--state "compleated" is no state; did you mean "Completed"?');
  expect(err).toMatch(/there is Scheduled, Late, .*Crashed/);
  expect((await run("ls", "--state", "xyzzyquux")).err).toMatch(/is no state; there is .*"Late"/);
});

it("a run is inspected by its name or its id, with its states and what it waits for", async () => {
  const called = await calledRun(context(), "asking");
  await askFor(context(), called, { description: "**Which** size?" });
  const { name } = await readRun(context(), called.flowRunId);
  const { code, out } = await run("inspect", name);
  expect(code).toBe(0);
  expect(out).toMatch(/^Name +\S/);
  expect(out).toMatch(/^State +Paused, waits for an input/m);
  expect(out).toMatch(new RegExp(`^Waits +since .*antiphon resume ${called.flowRunId}\\n +\\*\\*Which`, "m"));
  const whole = await run("inspect", called.flowRunId, "-o", "json");
  expect(JSON.parse(whole.out)).toMatchObject({
    id: called.flowRunId,
    pause: { input: { inputType: "Person" } },
  });
});

it("what is no run is said, with what to do", async () => {
  for (const [args, code, says] of [
    [["inspect", randomUUID()], 1, "`antiphon run ls` lists all"],
    [["logs", "no-such-name"], 1, 'there is no run of the name "no-such-name"'],
    [
      ["ls", "--deployment", "orders/other"],
      1,
      'there is no deployment "orders/other"; there are: orders/main',
    ],
    [["ls", "--pool", "lob"], 1, 'there is no work pool "lob"; did you mean "lab"?'],
    [["ls", "--limit", "none"], 2, '--limit "none" is no number of 1 or more'],
    [["ls", "--state", "failed", "--state", "Late"], 2, "not both at once"],
    [["logs", "a", "--level", "loud"], 2, "none of debug, info, warn, error"],
    [["cancel"], 2, "missing required argument 'run'"],
  ] as const) {
    const ended = await run(...args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(says);
  }
});

it("the log of a run is printed, followed while it grows, and ends with the run", async () => {
  const called = await calledRun(context(), "talks");
  const { flowRunId } = called;
  const say = (message: string, level = 20) =>
    createLogs(context(), {
      flowRunId,
      lines: [{ level, message, loggerName: "flow", timestamp: new Date() }],
    });
  for (const word of ["one", "two", "three"]) await say(word);
  await say("odd \u001b[31m", 30);
  expect((await run("logs", flowRunId)).out.split("\n")).toHaveLength(5);
  expect((await run("logs", flowRunId, "--level", "warn")).out).toMatch(/WARN +flow {2}odd \\u001b\[31m\n$/);
  const following = new Command(["run", "logs", flowRunId, "-f", "--last", "2", "--json"]);
  await following.lines(2);
  await say("four");
  await following.lines(3);
  await say("five");
  await end(flowRunId, called.execution, "COMPLETED");
  expect(await following.exited).toBe(0);
  const told = following.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).message);
  expect(told).toEqual(["three", "odd \u001b[31m", "four", "five"]);
});

it.each([
  { type: "COMPLETED", code: 0 },
  { type: "FAILED", code: 1 },
] as const)("a run is watched to its end, which the exit code tells: $type", async ({ type, code }) => {
  const called = await calledRun(context(), "watched");
  const watching = new Command(["run", "watch", called.flowRunId, "--json"]);
  await watching.lines(1);
  await end(called.flowRunId, called.execution, type, "so it is");
  expect(await watching.exited).toBe(code);
  const last = watching.out.trimEnd().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toMatchObject({ type, message: "so it is" });
});

it.each([
  { args: ["watch"], code: 130 },
  { args: ["logs", "-f"], code: 0 },
])("Ctrl-C leaves a run as it is, and ends $args with the code $code", async ({ args, code }) => {
  const { flowRunId } = await calledRun(context(), "goes-on");
  const line = { level: 20, message: "here", loggerName: "flow", timestamp: new Date() };
  await createLogs(context(), { flowRunId, lines: [line] });
  const following = new Command(["run", ...args, flowRunId]);
  await following.lines(1);
  following.kill("SIGINT");
  expect(await following.exited).toBe(code);
  expect(following.err).toBe("");
  expect((await readRun(context(), flowRunId)).stateName).toBe("Running");
});

it("runs are cancelled, retried and suspended, each for itself, and refusals are told", async () => {
  const waits = await scheduledRun(context(), "orders");
  const ended = await calledRun(context(), "greet");
  await end(ended.flowRunId, ended.execution, "COMPLETED");
  const cancelled = await run("cancel", waits, ended.flowRunId);
  expect(cancelled.code).toBe(1);
  expect(cancelled.out).toMatch(/^\S+ is Cancelled\.\n$/);
  expect(cancelled.err).toMatch(/^antiphon: .*(?:ended|Completed)/);
  expect(await json("retry", waits)).toMatchObject([{ id: waits, state: { name: "AwaitingRetry" } }]);
  expect((await run("suspend", waits)).code).toBe(1);
  expect((await run("suspend", waits, "--timeout", "soon")).code).toBe(2);
});

it("a run is deleted with what belongs to it", async () => {
  const { flowRunId } = await calledRun(context(), "gone");
  expect((await run("delete", flowRunId)).out).toMatch(new RegExp(`^Deleted \\S+ \\(${flowRunId}\\)\\.\\n$`));
  expect((await run("delete", flowRunId)).code).toBe(1);
});
