import type { ResumeFlowRun } from "../../core/automation/action.ts";
import { InvalidInputError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { changeRunWithin } from "../flow-run/change-run.ts";
import { judgeByProcess } from "../pause/judge-by-process.ts";
import { findForAnswer } from "../pause/open-wait.ts";
import type { RunWithPauses } from "../pause/pause.ts";
import { type AnswerOutcome, decideAnswer } from "../pause/resume.ts";
import { done, type Effect, failedBy } from "./effect.ts";
import type { Judged, Occasion } from "./occasion.ts";
import { onFlowRun, targetRun } from "./on-flow-run.ts";
import { renderJson } from "./render.ts";

/** Something is to be asked while nothing is locked; then the action is looked at again, with the answer. */
export interface Inquiry {
  readonly inquire: () => Promise<Judged>;
}

const doing = "Failed to resume flow run";

/** Lets a waiting run go on, with an answer where it asks for one (actions.md 1.4). */
export async function resumeFlowRunAction(
  tx: Transaction,
  ctx: Context,
  { target, input, strict }: ResumeFlowRun,
  occasion: Occasion,
): Promise<Effect | Inquiry> {
  const { judged } = occasion;
  const { id: idempotencyKey, chain } = occasion.run;
  let rendered: Json;
  try {
    rendered = (await renderJson(tx, ctx, input, occasion, { kinds: false, strict })).value;
  } catch (error) {
    return failedBy(error, null);
  }
  return onFlowRun<Effect | Inquiry>(target, occasion, doing, async (id, known) => {
    let name = "";
    const args = { flowRunId: id, input: rendered, idempotencyKey };
    const changed = await changeRunWithin<AnswerOutcome, RunWithPauses>(
      tx,
      ctx,
      { id, chain },
      (run) => {
        name = run.name;
        known(run);
        if (judged !== null && judged.issues.length > 0) throw new InvalidInputError([...judged.issues]);
        return decideAnswer(ctx, run, args, judged?.pauseId ?? null, null);
      },
      (runId) => findForAnswer(tx, runId, args),
    );
    const { result, events, committed } = changed;
    const related = [targetRun({ id, name })];
    switch (result.kind) {
      case "done": {
        const already = events.length === 0;
        return done({ status_code: 200, ...(already && { already }) }, related, { events, committed });
      }
      case "refused":
        return { ...failedBy(result.error, doing, related), events, committed };
      case "judge": {
        const { pause, value } = result;
        return {
          inquire: async () => ({
            pauseId: pause.id,
            issues: (await judgeByProcess(ctx, pause, value)) ?? [],
          }),
        };
      }
    }
  });
}
