import type { ActionOutcome } from "../../core/action/action-event.ts";
import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import type { PendingActionRun } from "./read-action-run.ts";
import { runDeploymentAction } from "./run-deployment.ts";

/** What an action has done in its transaction, which goes on to record it. */
export interface Effect {
  readonly outcome: ActionOutcome;
  /** What tells of the effect, before what tells of the action. */
  readonly events: readonly NewEvent[];
  /** Done after the commit. */
  readonly committed?: () => void;
}

/** What an action looks at. */
export interface Occasion {
  readonly run: PendingActionRun;
  /** Null where there is none, or where it is no longer kept. */
  readonly event: ShownEvent | null;
  /** It and whatever else led to the firing, as far as it is kept, the nearest first. */
  readonly events: readonly ShownEvent[];
}

/**
 * Carries an action out, within the transaction that records it: it is the last thing in it. What cannot succeed, however often it is
 * tried, is an outcome; whatever is thrown is tried again.
 */
export async function act(tx: Transaction, ctx: Context, occasion: Occasion): Promise<Effect> {
  const { action } = occasion.run;
  switch (action.type) {
    case "do-nothing":
      return { outcome: { status: "SUCCEEDED", related: [], result: {} }, events: [] };
    case "run-deployment":
      return runDeploymentAction(tx, ctx, action, occasion);
  }
}
