import { randomUUID } from "node:crypto";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { requireContext } from "../../sdk/execution/context.ts";
import { flow, receiveInput, sendInput } from "../../sdk/index.ts";
import { Reports } from "../../sdk/run-input/reports.ts";
import { deleteRun } from "../../server/flow-run/delete-run.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { inRun } from "./support/in-run.ts";
import { Person } from "./support/person.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);

const channel = { inputType: "number", keyPrefix: null };

it("a run's log says what of its inputs the server did not take", async () => {
  let run = "";
  await flow("reporting", async () => {
    const { execution } = requireContext("this test");
    run = execution.id;
    execution.reports.position(channel, "x".repeat(256), 1);
  })();
  const messages = (await person.read(run)).logs.nodes.map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(/^what was received was not reported: .*no name of 1 to 255 characters/),
  ]);
});

it("whoever looks at a run's inputs from outside is told on the terminal", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  let run = "";
  await inRun("gone", async (flowRunId) => {
    run = flowRunId;
    await sendInput(1, { flowRunId });
  });
  const receiver = receiveInput(z.number(), { flowRunId: run, cursor: "mine" });
  expect(await receiver.next()).toBe(1);
  const { context } = antiphon;
  if (context === undefined) throw new Error("the server is not there");
  await deleteRun(context, { flowRunId: run });
  await receiver.ack();
  await receiver.close();
  expect(warn).toHaveBeenCalledWith(
    expect.stringMatching(/^antiphon: what was received was not reported: no flow run/),
  );
});

it("each kind of refusal is told with its reason, and what is taken tells nothing", async () => {
  await inRun("kinds", async (flowRunId) => {
    const told: string[] = [];
    const report = async (id: string, execution: number, name: string) => {
      const reports = new Reports(id, execution, (problem) => told.push(problem));
      reports.position(channel, name, 1);
      await reports.flush();
    };
    await report(flowRunId, 1, "mine");
    expect(told).toEqual([]);
    await report(flowRunId, 2, "mine");
    await report(randomUUID(), 1, "mine");
    await report(flowRunId, 1, "");
    expect(told).toEqual([
      expect.stringContaining("has been replaced by execution 1"),
      expect.stringContaining("no flow run"),
      expect.stringContaining("no name of 1 to 255 characters"),
    ]);
  });
});
