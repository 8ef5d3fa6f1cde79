import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  flow,
  getRunContext,
  InputValidationError,
  NotFound,
  RunFailed,
  RunWaitTimeout,
  runDeployment,
  waitForRun,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Served } from "./support/served.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
const served = new Served();
beforeAll(async () => {
  await served.start(antiphon.url);
});
afterAll(() => served.close());

const sleeps = (ms: number, options: { timeout?: number | null } = {}) =>
  runDeployment("sleeps/sleeps", { parameters: { ms }, ...options });

it("a run that goes on after its suspension finds each run that it asked for, in its flow and in its tasks", async () => {
  const { id = "" } = await person.run("delegates-twice/delegates-twice");
  await person.until(id, "Suspended");
  await person.resume(id);
  await person.until(id, "Completed");
  const ids = (served.notes(id).at(-1) ?? "").split(" ");
  expect(new Set(ids).size).toBe(4);
  expect((await person.runsOf("quick")).map((run) => run.id).sort()).toEqual(ids.sort());
});

describe("inputs 66: runDeployment", () => {
  it("with timeout 0 answers at once; with a shorter one than the run takes, the unfinished run; else its end", async () => {
    const scheduledTime = new Date(Date.now() + 3_600_000);
    const quick = await runDeployment("sleeps/sleeps", { parameters: { ms: 1 }, timeout: 0, scheduledTime });
    expect(quick.state).toMatchObject({ type: "SCHEDULED", name: "Scheduled" });
    const unfinished = await sleeps(60_000, { timeout: 1 });
    expect(unfinished.state.isFinal()).toBe(false);
    expect((await sleeps(1)).state.type).toBe("COMPLETED");
    for (const { id } of [quick, unfinished]) await person.cancel(id);
    await expect(sleeps(1, { timeout: -1 })).rejects.toThrow("timeout is a number of seconds");
  });
});

describe("inputs 67: runDeployment", () => {
  it("under the same key is one run; in a flow its run is linked, unless asSubflow says no", async () => {
    const idempotencyKey = randomUUID();
    const again = () => runDeployment("quick/quick", { idempotencyKey, timeout: 0 });
    const [one, two] = [await again(), await again()];
    expect(two.id).toBe(one.id);
    const calls = flow("calls", async () => {
      const linked = await runDeployment("quick/quick", { timeout: 0 });
      const alone = await runDeployment("quick/quick", { timeout: 0, asSubflow: false });
      return { own: getRunContext().flowRun.id, linked: linked.id, alone: alone.id };
    });
    const { own, linked, alone } = await calls();
    expect((await person.read(linked)).parent).toEqual({ id: own });
    expect((await person.read(alone)).parent).toBeNull();
  });
});

describe("inputs 68: runDeployment", () => {
  it("with parameters that the schema refuses throws with their place, and makes no run", async () => {
    const before = (await person.runsOf("sleeps")).length;
    const error = await runDeployment("sleeps/sleeps", { parameters: { ms: "long" } }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(InputValidationError);
    expect(error.issues).toMatchObject([{ path: ["parameters", "ms"] }]);
    expect(await person.runsOf("sleeps")).toHaveLength(before);
  });

  it("a queue or job variables where the deployment has no pool are refused", async () => {
    await expect(runDeployment("quick/quick", { workQueueName: "urgent" })).rejects.toThrow("has none");
    await expect(runDeployment("quick/quick", { jobVariables: { cores: 2 } })).rejects.toThrow("has none");
  });
});

describe("inputs 69: waitForRun", () => {
  it("gives the run once it has ended, also afterwards; RunWaitTimeout has it as it was", async () => {
    const { id } = await runDeployment("waits/waits", { timeout: 0 });
    const error = await waitForRun(id, { timeout: 0.2 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RunWaitTimeout);
    expect(error.run).toMatchObject({ id });
    expect(error.run.state.isFinal()).toBe(false);
    await person.until(id, "Paused");
    await person.resume(id, "go on");
    expect((await waitForRun(id)).state.type).toBe("COMPLETED");
    expect((await waitForRun(id, { timeout: 0 })).state.type).toBe("COMPLETED");
    await expect(waitForRun(randomUUID())).rejects.toThrow(NotFound);
    await expect(waitForRun(id, { timeout: -1 })).rejects.toThrow("timeout is a number of seconds");
  });

  it("goes on where the server is gone for a while", async () => {
    const { id } = await sleeps(3_000, { timeout: 0 });
    await person.until(id, "Running");
    const waiting = waitForRun(id);
    await antiphon.stop();
    await antiphon.start();
    expect((await waiting).state.type).toBe("COMPLETED");
  });

  it("throwOnFailure: a run that does not complete is an error", async () => {
    const { id } = await sleeps(60_000, { timeout: 0 });
    const waiting = waitForRun(id, { throwOnFailure: true }).catch((thrown) => thrown);
    await person.cancel(id);
    const error = await waiting;
    expect(error).toBeInstanceOf(RunFailed);
    expect(error.run.state.type).toBe("CANCELLED");
    expect((await waitForRun(id)).state.type).toBe("CANCELLED");
  });
});
