import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { judgeByProcess } from "./judge-by-process.ts";
import { checkGiven, findForAnswer, refuseWait } from "./open-wait.ts";
import { openPause } from "./resume.ts";

/**
 * A dry run of every layer of validation that can run now; nothing is stored and no state changes.
 *
 * @returns the answer as it would be stored; null for a wait without a question
 * @throws NotFoundError
 * @throws StateConflictError
 * @throws InvalidInputError
 */
export async function checkAnswerNow(
  ctx: Context,
  args: { flowRunId: string; key?: string | null | undefined; input?: unknown },
): Promise<{ value: Json }> {
  const run = await findForAnswer(ctx.db, args.flowRunId, args);
  if (run === null) throw new NotFoundError("flow run", args.flowRunId);
  const refusal = refuseWait(run, args.key ?? null);
  if (refusal !== null) throw refusal.error;
  const pause = openPause(run);
  // GraphQL's JSON is JSON; what is left out is null.
  const checked = checkGiven(ctx, pause, (args.input ?? null) as Json);
  if (checked === null) return { value: null };
  if (pause.customChecks) {
    const issues = await judgeByProcess(ctx, pause, checked.value);
    if (issues !== null && issues.length > 0) throw new InvalidInputError(issues);
  }
  return checked;
}
