import type { Labels } from "../event/event.ts";
import { cutText, fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { followed } from "../event/untimed-event.ts";
import type { JsonObject } from "../json.ts";
import type { Trigger } from "../trigger/trigger.ts";
import { type ActionPhase, actionEventId } from "./action-run-id.ts";
import { actingAutomation, relatedEvent } from "./automation-resource.ts";

/** What the events about an action run say of it. */
export interface ToldActionRun {
  readonly id: string;
  readonly index: number;
  readonly type: string;
  readonly automation: { readonly id: string; readonly name: string; readonly trigger: Trigger };
  /** Time of the firing. */
  readonly triggered: Date;
  /** The event that tells of the firing. */
  readonly firingEventId: string;
  readonly triggeringEvent: { readonly id: string; readonly occurred: Date | null } | null;
  readonly chain: readonly string[];
  /** The attempt that its events follow: the first one, or the first since it was last asked for again. */
  readonly round: number;
}

/** How an action run ended. */
export type ActionOutcome =
  | { readonly status: "SUCCEEDED"; readonly related: readonly Labels[]; readonly result: JsonObject }
  | FailedOutcome;

export interface FailedOutcome {
  readonly status: "FAILED";
  readonly reason: string;
  readonly related: readonly Labels[];
  readonly result: JsonObject;
}

/** An attempt that failed, and that another one follows. */
export interface FailedAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly reason: string;
  readonly nextAttemptAt: Date;
  readonly related: readonly Labels[];
  readonly result: JsonObject;
}

/** The event that tells that an action has begun (actions.md 2.1). */
export function begunEvent(run: ToldActionRun, related: readonly Labels[]): NewEvent {
  return actionEvent(run, "triggered", run.round, {
    occurred: run.triggered,
    related,
    payload: {},
    follows: triggeredFollows(run),
  });
}

/** The event that tells how it ended; it follows the one that told that it had begun. */
export function endedEvent(run: ToldActionRun, outcome: ActionOutcome, attempt: number, now: Date): NewEvent {
  const failed = outcome.status === "FAILED";
  return actionEvent(run, failed ? "failed" : "executed", attempt, {
    occurred: now,
    related: outcome.related,
    payload: { ...outcome.result, ...(failed ? { reason: cutText(outcome.reason) } : {}) },
    follows: actionEventId(run.id, "triggered", run.round),
  });
}

/** The event that tells of an attempt that failed and is repeated. */
export function retryingEvent(run: ToldActionRun, failed: FailedAttempt, now: Date): NewEvent {
  const { attempt, reason, nextAttemptAt, related, result } = failed;
  return actionEvent(run, "retrying", attempt, {
    occurred: now,
    related,
    payload: {
      ...result,
      attempt,
      next_attempt_at: nextAttemptAt.toISOString(),
      reason: cutText(reason),
    },
    follows: actionEventId(run.id, "triggered", run.round),
  });
}

/** The event that tells that an action is not carried out any more, since it failed so often in a row. */
export function disabledEvent(run: ToldActionRun, failures: number, attempt: number, now: Date): NewEvent {
  return actionEvent(run, "disabled", attempt, {
    occurred: now,
    related: [],
    payload: { failures },
    follows: actionEventId(run.id, "failed", attempt),
  });
}

function actionEvent(
  run: ToldActionRun,
  phase: ActionPhase,
  attempt: number,
  told: Pick<NewEvent, "occurred" | "related" | "payload" | "follows">,
): NewEvent {
  return fitEvent({
    id: actionEventId(run.id, phase, attempt),
    event: `prefect.automation.action.${phase}`,
    occurred: told.occurred,
    resource: actingAutomation(run.automation),
    related: [...told.related, ...relatedEvents(run)],
    payload: { action_index: run.index, action_type: run.type, invocation: run.id, ...told.payload },
    follows: told.follows,
    chain: run.chain,
  });
}

function relatedEvents({ firingEventId, triggeringEvent }: ToldActionRun): Labels[] {
  return [
    relatedEvent(firingEventId, "automation-triggered-event"),
    ...(triggeringEvent === null ? [] : [relatedEvent(triggeringEvent.id, "triggering-event")]),
  ];
}

/** Where it occurred long before the firing, or is no longer known, whoever puts events in order need not wait for it. */
function triggeredFollows({ triggeringEvent, triggered }: ToldActionRun): string | null {
  if (triggeringEvent?.occurred == null) return null;
  return followed({ id: triggeringEvent.id, timestamp: triggeringEvent.occurred }, triggered);
}
