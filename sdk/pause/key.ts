import type { Context } from "../execution/context.ts";
import type { Asked } from "./options.ts";

/**
 * The question's name among those of this attempt: as the code gave it, else the next number of the flow's own code,
 * or of this call of the task. Named questions use up no number, so the numbers are the same whenever the code runs.
 */
export function pauseKey(at: Context, asked: Asked): { key: string; explicitKey: boolean } {
  if (asked.key !== null) return { key: asked.key, explicitKey: true };
  const scope = at.task?.scope;
  const number = at.attempt.count(`question ${scope ?? ""}`);
  return { key: scope === undefined ? `${number}` : `${scope}-${number}`, explicitKey: false };
}
