import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../../server/context.ts";
import { automation } from "./engine.ts";
import { actionRunsOf } from "./fired.ts";
import { appendAt, judgeAll, logClock, setLogClock } from "./virtual-log.ts";

/**
 * Lets a metric fall, to 0.5, and be well again, at 0.75, so that an automation's trigger fires and is resolved.
 *
 * @returns its action runs, in their order; not carried out yet
 */
export async function resolved(
  ctx: Context,
  actions: { actions_on_trigger: JsonObject[]; actions_on_resolve: JsonObject[] },
): Promise<string[]> {
  const flow = randomUUID();
  const automationId = await automation(ctx, {
    trigger: {
      type: "metric",
      match: { "prefect.resource.id": `prefect.flow-run.${flow}-*` },
      metric: { name: "successes", operator: "<", threshold: 0.6, range: 3600, firing_for: 300 },
    },
    actions: [],
    ...actions,
  });
  const from = (await logClock(ctx)) + 1_000;
  const run = (at: number, number: number, state: string) => ({
    received: from + at * 1_000,
    event: `prefect.flow-run.${state}`,
    resource: { "prefect.resource.id": `prefect.flow-run.${flow}-${number}` },
  });
  await appendAt(ctx, [
    run(0, 1, "Pending"),
    run(0, 2, "Pending"),
    run(10, 1, "Completed"),
    run(20, 2, "Failed"),
  ]);
  await setLogClock(ctx, from + 400_000);
  await judgeAll(ctx);
  await appendAt(ctx, [
    run(500, 3, "Pending"),
    run(500, 4, "Pending"),
    run(510, 3, "Completed"),
    run(520, 4, "Completed"),
  ]);
  await setLogClock(ctx, from + 900_000);
  await judgeAll(ctx);
  return actionRunsOf(ctx, automationId);
}
