import type { Labels } from "../event/event.ts";
import { cutText, fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { followed } from "../event/untimed-event.ts";
import type { JsonObject } from "../json.ts";
import type { Trigger } from "../trigger/trigger.ts";
import { actionEventId } from "./action-run-id.ts";
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
}

/** How an action run ended. */
export type ActionOutcome =
  | { readonly status: "SUCCEEDED"; readonly related: readonly Labels[]; readonly result: JsonObject }
  | {
      readonly status: "FAILED";
      readonly reason: string;
      readonly related: readonly Labels[];
      readonly result: JsonObject;
    };

/** The two events about an action run that has ended, the second following the first (actions.md 2.1). */
export function actionEvents(
  run: ToldActionRun,
  outcome: ActionOutcome,
  attempt: number,
  now: Date,
): NewEvent[] {
  const begun = actionEventId(run.id, "triggered", attempt);
  const failed = outcome.status === "FAILED";
  const payload = { action_index: run.index, action_type: run.type, invocation: run.id };
  const event = (rest: Pick<NewEvent, "id" | "event" | "occurred" | "payload" | "follows">) =>
    fitEvent({
      ...rest,
      resource: actingAutomation(run.automation),
      related: [...outcome.related, ...relatedEvents(run)],
      chain: run.chain,
    });
  return [
    event({
      id: begun,
      event: "prefect.automation.action.triggered",
      occurred: run.triggered,
      payload,
      follows: triggeredFollows(run),
    }),
    event({
      id: actionEventId(run.id, failed ? "failed" : "executed", attempt),
      event: failed ? "prefect.automation.action.failed" : "prefect.automation.action.executed",
      occurred: now,
      payload: {
        ...payload,
        ...outcome.result,
        ...(failed ? { reason: cutText(outcome.reason) } : {}),
      },
      follows: begun,
    }),
  ];
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
