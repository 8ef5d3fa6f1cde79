import { expect, it, vi } from "vitest";
import { z } from "zod";
import {
  FlowRunConflict,
  flow,
  getRunContext,
  getRunLogger,
  InputValidationError,
  MissingRunContext,
  PauseTimeout,
  pauseFlowRun,
  RunCancelled,
  RunInput,
  resumeFlowRun,
  suspendFlowRun,
  task,
  UnrepresentableInputType,
  withInitialData,
} from "../../sdk/index.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("inputs 18: a pause outside a run says what to do", async () => {
  const error = await pauseFlowRun().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(MissingRunContext);
  expect(error.message).toMatch(/pauseFlowRun\(\) works inside a flow run: call it in a function .*flow\(/);
  expect(() => getRunContext()).toThrow(MissingRunContext);
});

it("inputs 19: nobody resumes in time, PauseTimeout is thrown, nothing after it ran, the run is Failed", async () => {
  let after = false;
  const impatient = flow("impatient", async () => {
    await pauseFlowRun({ timeout: 0.1 });
    after = true;
  });
  await expect(impatient()).rejects.toThrow(PauseTimeout);
  expect(after).toBe(false);
  const run = await person.runIn("impatient", "Failed");
  expect(run.state.message).toBeTruthy();
});

it("inputs 20: of tasks before and after a pause that times out only the ones before ran", async () => {
  const ran: number[] = [];
  const work = task("work", (number: number) => void ran.push(number));
  const blocked = flow("blocked", async () => {
    await work(1);
    await work(2);
    await pauseFlowRun({ timeout: 0.1 });
    await work(3);
  });
  await expect(blocked()).rejects.toThrow(PauseTimeout);
  expect(ran).toEqual([1, 2]);
});

it("inputs 21: two pauses of the same key need one resume, and all tasks finish", async () => {
  const ran: number[] = [];
  const work = task("work", (number: number) => void ran.push(number));
  const twice = flow("twice", async () => {
    await work(1);
    await work(2);
    await pauseFlowRun({ key: "approve" });
    await work(3);
    await pauseFlowRun({ key: "approve" });
    await work(4);
    await work(5);
  });
  const running = twice();
  const run = await person.runIn("twice", "Paused");
  expect(run.pause?.key).toBe("paused-approve");
  expect((await person.resume(run.id)).__typename).toBe("FlowRun");
  await running;
  expect(ran).toEqual([1, 2, 3, 4, 5]);
});

it("inputs 22: an object is asked for and returned as it is", async () => {
  const asks = flow("asks-object", async () => pauseFlowRun({ waitForInput: z.object({ x: z.number() }) }));
  const running = asks();
  const run = await person.runIn("asks-object", "Paused");
  expect(run.awaitedInput).toMatchObject({
    key: "paused-1",
    schema: { properties: { x: { type: "number" } } },
  });
  await person.resume(run.id, { x: 42 });
  expect(await running).toEqual({ x: 42 });
});

it("inputs 23: a number is asked for as { value } and returned bare", async () => {
  const asks = flow("asks-number", async () => pauseFlowRun({ waitForInput: z.number() }));
  const running = asks();
  const run = await person.runIn("asks-number", "Paused");
  await person.resume(run.id, { value: 42 });
  expect(await running).toBe(42);
});

it("inputs 24: a pause in a task asks in the name of the run, and the task gets the answer", async () => {
  class Approval extends RunInput(z.object({ approved: z.boolean() })) {}
  const decide = task("Decide!", async () => {
    const { approved, metadata } = await pauseFlowRun({ waitForInput: Approval });
    return [approved, metadata.seq, metadata.submittedBy];
  });
  const asks = flow("asks-in-task", async () => [await decide(), await decide()]);
  const running = asks();
  const run = await person.runIn("asks-in-task", "Paused");
  expect(run.awaitedInput).toMatchObject({ key: "paused-decide--1-1", inputType: "Approval" });
  await person.resume(run.id, { approved: true });
  await person.untilAsked(run.id, "paused-decide--2-1");
  await person.resume(run.id, { approved: false });
  expect(await running).toEqual([
    [true, 1, null],
    [false, 2, null],
  ]);
});

it("inputs 17: a date has no JSON Schema, and the run is still Running when the call says so", async () => {
  let state: string | undefined;
  const asks = flow("asks-date", async () => {
    const error = await pauseFlowRun({ waitForInput: z.object({ day: z.date() }) }).catch((thrown) => thrown);
    state = (await person.read(getRunContext().flowRun.id)).state.name;
    return error;
  });
  const error = await asks();
  expect(error).toBeInstanceOf(UnrepresentableInputType);
  expect(error.path).toEqual(["day"]);
  expect(error.message).toContain("z.iso.datetime()");
  expect(state).toBe("Running");
});

it("inputs 32: resumed without input, the flow sees the defaults", async () => {
  class Wish extends RunInput(z.object({ size: z.string().default("M"), count: z.number().default(1) })) {}
  const asks = flow("asks-defaults", async () => {
    const wish = await pauseFlowRun({
      waitForInput: Wish.withInitialData({ count: 3 }, { description: "What do you **wish**?" }),
    });
    return { ...wish };
  });
  const running = asks();
  const run = await person.runIn("asks-defaults", "Paused");
  expect(run.awaitedInput?.description).toBe("What do you **wish**?");
  await person.resume(run.id);
  expect(await running).toEqual({ size: "M", count: 3 });
});

it("inputs 45: a resume is the same attempt", async () => {
  const running = flow("counted", async () => pauseFlowRun())();
  const run = await person.runIn("counted", "Paused");
  expect(run.runCount).toBe(1);
  await person.resume(run.id);
  await running;
  expect((await person.read(run.id)).runCount).toBe(1);
});

it("inputs 78: a key of digits or with a space is refused before any state change", async () => {
  const names = flow("bad-keys", async () => {
    for (const key of ["2", "my key", "a--b", "Approve", ""]) {
      await expect(pauseFlowRun({ key })).rejects.toThrow(TypeError);
    }
    return (await person.read(getRunContext().flowRun.id)).stateHistory.map((state) => state.name);
  });
  expect(await names()).not.toContain("Paused");
});

it("questions of one run are asked one at a time in the order of their calls", async () => {
  const asks = flow("in-order", () => {
    const ask = task(
      "ask",
      async (type: "string" | "number"): Promise<unknown> =>
        type === "string"
          ? pauseFlowRun({ waitForInput: z.string() })
          : pauseFlowRun({ waitForInput: z.number() }),
    );
    return Promise.all([ask("string"), pauseFlowRun({ waitForInput: z.boolean() }), ask("number")]);
  });
  const running = asks();
  const run = await person.runIn("in-order", "Paused");
  expect(run.pause?.key).toBe("paused-ask--1-1");
  await person.resume(run.id, "a");
  await person.untilAsked(run.id, "paused-1");
  await person.resume(run.id, true);
  await person.untilAsked(run.id, "paused-ask--2-1");
  await person.resume(run.id, 1);
  expect(await running).toEqual(["a", true, 1]);
});

it("a wait whose deadline passes goes on with its default, or cancels the run", async () => {
  const goesOn = flow("goes-on", async () =>
    pauseFlowRun({ waitForInput: z.number(), timeout: 0.1, onTimeout: "resume", defaultResponse: 7 }),
  );
  expect(await goesOn()).toBe(7);
  const plain = flow("goes-on-plainly", async () => {
    await pauseFlowRun({ until: new Date(Date.now() + 100), onTimeout: "resume" });
    return "on";
  });
  expect(await plain()).toBe("on");
  const cancels = flow("gives-up", async () => pauseFlowRun({ timeout: 0.1, onTimeout: "cancel" }));
  await expect(cancels()).rejects.toThrow(RunCancelled);
});

it("inputs 1.4: a type that may be left out is answered by nothing, and the code gets nothing", async () => {
  const asks = flow("asks-optional", async () => [
    await pauseFlowRun({ waitForInput: z.string().optional() }),
  ]);
  const running = asks();
  const run = await person.runIn("asks-optional", "Paused");
  expect((await person.resume(run.id)).__typename).toBe("FlowRun");
  expect(await running).toEqual([undefined]);
  expect((await person.read(run.id)).inputs.nodes).toMatchObject([{ value: {}, status: "DELIVERED" }]);
});

it("inputs 2.5: a default response that the type's own rules refuse is refused before any state change", async () => {
  const even = z.number().refine((number) => number % 2 === 0, "must be even");
  const asks = flow("odd-default", async () => {
    const wait = { waitForInput: even, timeout: 0.1, onTimeout: "resume", defaultResponse: 7 } as const;
    await expect(pauseFlowRun(wait)).rejects.toMatchObject({
      name: "InputValidationError",
      issues: [{ path: ["defaultResponse", "value"], message: "must be even" }],
    });
    return (await person.read(getRunContext().flowRun.id)).stateHistory.map((state) => state.name);
  });
  expect(await asks()).not.toContain("Paused");
});

it("inputs 2.7: a default response that the type's rules refuse only at the deadline is not asked for again", async () => {
  let asked = 0;
  const once = z.number().refine(() => ++asked < 2, "too late");
  const asks = flow("late-default", () =>
    pauseFlowRun({
      waitForInput: once,
      until: new Date(Date.now() + 100),
      onTimeout: "resume",
      defaultResponse: 7,
    }),
  );
  await expect(asks()).rejects.toThrow(InputValidationError);
  const run = await person.runIn("late-default", "Failed");
  expect(run.inputs.nodes).toMatchObject([{ key: "paused-1-response", status: "INVALID" }]);
});

it("inputs 2.5: a timeout of 0 is taken beside until, which then says when the wait is over", async () => {
  const waits = flow("until-with-zero", async () =>
    pauseFlowRun({
      waitForInput: z.string(),
      timeout: 0,
      until: new Date(Date.now() + 200),
      onTimeout: "resume",
      defaultResponse: "x",
    }),
  );
  expect(await waits()).toBe("x");
});

it("options that make no sense are refused at once", async () => {
  const refused = flow("refused-options", async () => {
    const wrong = [
      { timeout: 0 },
      { timeout: -1 },
      { timeout: 5, until: new Date() },
      { onTimeout: "resume", waitForInput: z.string() },
      { maxAttempts: 0 },
    ];
    for (const options of wrong) {
      await expect(pauseFlowRun(options as { timeout: number })).rejects.toThrow(/pauseFlowRun: /);
    }
    const said: [unknown, string][] = [
      [null, "the options are an object, not null"],
      [{ key: null }, 'the key is a text, such as "approve", not null'],
      [{ timeout: "5" }, 'not the text "5"'],
      [{ maxAttempts: "5" }, 'not the text "5"'],
      [{ timeout: 1e18 }, "a wait of 1000000000000000000 seconds is too long; at most 3153600000 are taken"],
      [{ waitForInput: z.string(), defaultResponse: "x" }, 'without onTimeout: "resume"'],
      [{ onTimeout: "resume", defaultResponse: "x" }, "without waitForInput"],
    ];
    for (const [options, message] of said) {
      await expect(pauseFlowRun(options as { timeout: number })).rejects.toThrow(message);
    }
    await expect(suspendFlowRun({ flowRunId: "other", timeout: "5" as unknown as number })).rejects.toThrow(
      'not the text "5"',
    );
    class Order extends RunInput(z.object({ size: z.string() })) {}
    for (const type of [z.string(), Order] as object[]) {
      await expect(pauseFlowRun(type)).rejects.toThrow("pauseFlowRun({ waitForInput: … })");
      await expect(suspendFlowRun(type)).rejects.toThrow("suspendFlowRun({ waitForInput: … })");
    }
  });
  await refused();
});

it("after a deadline has failed the run, no call of the SDK works and what the code returns is dropped", async () => {
  let later: unknown;
  const cleans = flow("cleans-up", async () => {
    await pauseFlowRun({ timeout: 0.1 }).catch(() => undefined);
    later = await pauseFlowRun().catch((thrown) => thrown);
    return "dropped";
  });
  await expect(cleans()).rejects.toThrow(PauseTimeout);
  expect(later).toBeInstanceOf(PauseTimeout);
});

it("resumeFlowRun answers, and throws what the API refuses", async () => {
  const running = flow("resumed-by-sdk", async () =>
    pauseFlowRun({ waitForInput: z.object({ n: z.number() }) }),
  )();
  const run = await person.runIn("resumed-by-sdk", "Paused");
  const refused = await resumeFlowRun(run.id, { n: "many" }).catch((thrown) => thrown);
  expect(refused).toBeInstanceOf(InputValidationError);
  expect(refused.issues).toEqual([{ path: ["n"], message: expect.any(String) }]);
  expect(refused.input).toEqual({ n: "many" });
  await resumeFlowRun(run.id, { n: 1 });
  expect(await running).toEqual({ n: 1 });
  const conflict = await resumeFlowRun(run.id, { n: 1 }).catch((thrown) => thrown);
  expect(conflict).toBeInstanceOf(FlowRunConflict);
  expect([conflict.code, conflict.state.isFinal()]).toEqual(["FINISHED", true]);
});

it("a pause in a subflow is its own run's, and the parent runs on", async () => {
  const inner = flow("inner", async () => pauseFlowRun({ waitForInput: withInitialData(z.string(), "x") }));
  const outer = flow("outer", async () => `got ${await inner()}`);
  const running = outer();
  const asked = await person.runIn("inner", "Paused");
  const parent = await person.runIn("outer", "Running");
  expect(asked.parent?.id).toBe(parent.id);
  await person.resume(asked.id);
  expect(await running).toBe("got x");
});

it("inputs 44: a run that failed on an answer asks afresh in its next attempt", async () => {
  const asks = flow({ name: "retried", retries: 1 }, async () => {
    const answer = await pauseFlowRun({ waitForInput: z.string() });
    if (answer === "bad") throw new Error("unusable");
    return answer;
  });
  const running = asks();
  const run = await person.runIn("retried", "Paused");
  await person.resume(run.id, "bad");
  await person.untilAsked(run.id, "paused-1--2");
  await person.resume(run.id, "good");
  expect(await running).toBe("good");
  const seen = await person.until(run.id, "Completed");
  expect(seen.runCount).toBe(2);
  expect(seen.stateHistory.map((state) => state.name)).toContain("AwaitingRetry");
});

it("a run's time limit stands still while the run waits", async () => {
  const limited = flow({ name: "limited", timeoutSeconds: 2 }, async () => {
    await pauseFlowRun();
    return "in time";
  });
  const running = limited();
  const run = await person.runIn("limited", "Paused");
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  await person.resume(run.id);
  expect(await running).toBe("in time");
  const counted = flow({ name: "counted", timeoutSeconds: 0.3, countPausedTime: true }, () => pauseFlowRun());
  await expect(counted()).rejects.toThrow(/timeoutSeconds of 0.3 s/);
  const slow = flow(
    { name: "slow", timeoutSeconds: 0.1 },
    () => new Promise((resolve) => setTimeout(resolve, 500)),
  );
  await expect(slow()).rejects.toThrow(/timeoutSeconds of 0.1 s/);
  await person.runIn("slow", "TimedOut");
});

it("inputs 2.1: so do those of a task and of a parent whose subflow waits", async () => {
  const subflow = flow("limited-subflow", () => pauseFlowRun({ waitForInput: z.string() }));
  const asks = task({ name: "limited task", timeoutSeconds: 2 }, () => subflow());
  const asksItself = task({ name: "limited asker", timeoutSeconds: 2 }, () => pauseFlowRun());
  const parent = flow({ name: "limited-parent", timeoutSeconds: 2 }, () =>
    Promise.all([asks(), asksItself()]),
  );
  const running = parent();
  const run = await person.runIn("limited-subflow", "Paused");
  const { id } = await person.runIn("limited-parent", "Paused");
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  await person.resume(id);
  await person.resume(run.id, "in time");
  expect(await running).toEqual(["in time", undefined]);
});

it("log lines go to the terminal and to the run", async () => {
  const write = vi.spyOn(process.stdout, "write");
  const talks = flow("talks", () => {
    getRunLogger().info("hello");
    getRunLogger().debug("a\0b");
  });
  await talks();
  expect(write.mock.calls.some(([line]) => String(line).includes("- hello"))).toBe(true);
  write.mockRestore();
  const run = await person.runIn("talks", "Completed");
  expect(run.logs.nodes.map((line) => [line.level, line.message])).toEqual([
    [20, "hello"],
    [10, "a\uFFFDb"],
  ]);
});
