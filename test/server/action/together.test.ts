import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { fired, storedAction, unexpected } from "../../support/fired.ts";
import { servedRun } from "../../support/runs.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const upon = (flowRunId: string): JsonObject[] => {
  const actions: JsonObject[] = [
    { type: "suspend-flow-run" },
    { type: "resume-flow-run" },
    { type: "change-flow-run-state", state: "RUNNING", name: "Working", force: true },
    { type: "suspend-flow-run" },
    { type: "resume-flow-run" },
    { type: "cancel-flow-run" },
    { type: "retry-flow-run" },
  ];
  return actions.map((action) => ({ ...action, source: "selected", flow_run_id: flowRunId }));
};

it.each(["at the end it is still there", "at the end it is deleted"])(
  "2.2: actions, its process and senders act upon one run at once, and none is in another's way: %s",
  async (how) => {
    const run = await servedRun(ctx, `flow ${randomUUID()}`);
    const { flowRunId } = run;
    const last: JsonObject[] = how.endsWith("deleted")
      ? [{ type: "delete-flow-run", source: "selected", flow_run_id: flowRunId }]
      : [];
    const acting = await Promise.all(
      [1, 2, 3].map(async () => (await fired(ctx, [...upon(flowRunId), ...last])).runs),
    ).then((runs) => runs.flat());
    const quietly = (work: Promise<unknown>) => work.catch((error: Error) => error.name);
    const outcomes = await Promise.all([
      ...acting.map((id) => runAction(ctx, id, unexpected)),
      ...Array.from({ length: 10 }, () => quietly(sendInput(ctx, { flowRunId, value: "hello" }))),
      ...Array.from({ length: 5 }, () =>
        quietly(setFlowRunState(ctx, { ...run, state: { type: "RUNNING", name: randomUUID() } })),
      ),
    ]);
    expect(outcomes).not.toContain("error");
    for (const id of acting) expect(["SUCCEEDED", "FAILED"]).toContain((await storedAction(ctx, id)).status);
    const told = await stateEvents(ctx, flowRunId);
    for (const [index, event] of told.entries())
      if (index > 0) expect(event.follows, event.event).toBe(told[index - 1]?.id);
  },
);
