import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { flow, getRunContext, pauseFlowRun, RunCancelled, receiveInput, sendInput } from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { Served } from "./support/served.ts";

// Nobody looks again after a while, neither in this process, where the server is, nor in a runner and its children:
// what arrives here was told of.
beforeAll(() => void vi.useFakeTimers({ toFake: ["setInterval"] }));
afterAll(() => void vi.useRealTimers());
const noIntervals =
  "const real = setInterval; globalThis.setInterval = (run, _, ...rest) => real(run, 2 ** 31 - 1, ...rest);";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

it("inputs 43: a run that is cancelled while it waits ends at once with RunCancelled", async () => {
  let error: unknown;
  let later: unknown;
  const asks = flow("cancelled-while-paused", async () => {
    error = await pauseFlowRun().catch((thrown) => thrown);
    later = await pauseFlowRun().catch((thrown) => thrown);
  });
  const running = asks();
  const run = await person.runIn("cancelled-while-paused", "Paused");
  await person.cancel(run.id);
  await expect(running).rejects.toThrow(RunCancelled);
  expect(error).toBeInstanceOf(RunCancelled);
  expect(later).toBeInstanceOf(RunCancelled);
  expect((await person.read(run.id)).state.name).toBe("Cancelled");
});

it.each([
  ["paused", "Paused", () => pauseFlowRun({ waitForInput: z.string() })],
  ["receiving", "Running", () => receiveInput(z.string(), { timeout: null }).next()],
] as const)(
  "inputs 2.5: a run that is deleted while it is %s ends at once, and is told so",
  async (doing, state, wait) => {
    const errors: unknown[] = [];
    const waits = flow(`deleted-while-${doing}`, async () => {
      errors.push(await wait().catch((thrown: unknown) => thrown));
      errors.push(await pauseFlowRun().catch((thrown: unknown) => thrown));
    });
    const running = waits().catch((thrown: unknown) => thrown);
    const run = await person.runIn(`deleted-while-${doing}`, state);
    await until("it waits", async () => {
      const { pause, inputChannels } = await person.read(run.id);
      return pause !== null || inputChannels.some(({ listening }) => listening);
    });
    await person.delete(run.id);
    const wanted = expect.objectContaining({ message: "the run was deleted; its code must stop" });
    expect(await running).toEqual(wanted);
    expect(errors).toEqual([wanted, wanted]);
    for (const error of errors) expect(error).toBeInstanceOf(RunCancelled);
  },
);

it("inputs 64: a waiting receiver gets an input at once, whatever its poll interval", async () => {
  const receives = flow("prompt", async () => {
    const flowRunId = getRunContext().flowRun.id;
    const receiver = receiveInput(z.number(), { pollInterval: 10 });
    await sendInput(0, { flowRunId });
    expect(await receiver.next()).toBe(0);
    for (let number = 1; number <= 5; number++) {
      const next = receiver.next();
      await person.send(flowRunId, number);
      expect(await next).toBe(number);
    }
  });
  await receives();
});

it("a run of a served flow is taken at once by a process that waits for it with its code loaded", async () => {
  const served = new Served();
  try {
    const script = await served.start(antiphon.url, {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(noIntervals)}`,
    });
    const children = () => served.notes("processes").filter((pid) => pid !== String(script.pid));
    for (let turn = 1; turn <= 3; turn++) {
      await until("a process waits for the next run", () => children().length === turn);
      const waiting = children().at(-1);
      const { id = "" } = await person.run("quick/quick");
      await person.until(id, "Completed");
      expect(served.notes(id)).toEqual([`pid ${waiting}`]);
    }
  } finally {
    await served.close();
  }
});
