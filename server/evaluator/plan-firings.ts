import {
  begunEvent,
  endedEvent,
  type FailedOutcome,
  type ToldActionRun,
} from "../../core/action/action-event.ts";
import { firingEvent } from "../../core/action/firing-event.ts";
import { type PlannedAction, planActions } from "../../core/action/plan.ts";
import { type LoopGuard, startsRun } from "../../core/automation/loop-guard.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { TriggerFiring } from "../../core/trigger/firing.ts";
import { firingEventId, firingId } from "../../core/trigger/firing-id.ts";
import type { Definition } from "./definitions.ts";
import type { TriggeringEvent } from "./read-triggering.ts";

/** A firing with the automation as it was when it fired. */
export interface NewFiring {
  readonly definition: Definition;
  readonly firing: TriggerFiring;
}

/** A firing as it is stored, and what it starts. */
export interface PlannedFiring extends NewFiring {
  readonly id: string;
  readonly chain: readonly string[];
  readonly actions: readonly PlannedAction[];
  /** Why none of the actions is carried out; null where they are. */
  readonly refused: string | null;
}

/** An automation that is to be paused because it sets itself off. */
export interface Loop {
  readonly automationId: string;
  readonly name: string;
  readonly reason: string;
  readonly chain: readonly string[];
}

/** What firings come to. */
export interface Plan {
  readonly firings: readonly PlannedFiring[];
  /** What tells of them, in their order. */
  readonly events: readonly NewEvent[];
  readonly loops: readonly Loop[];
}

const tooDeep = "loop guard: depth";

/** Decides what firings start and what is told of them. */
export function planFirings(
  fired: readonly NewFiring[],
  triggering: ReadonlyMap<string, TriggeringEvent>,
  guard: LoopGuard,
): Plan {
  const firings: PlannedFiring[] = [];
  const events: NewEvent[] = [];
  const loops = new Map<string, Loop>();
  for (const { definition, firing } of fired) {
    const { automationId, automation } = definition;
    const id = firingId(definition, firing.cause, firing.ordinal);
    const { triggeringEventId } = firing;
    const event = triggeringEventId === null ? undefined : triggering.get(triggeringEventId);
    const eventId = firingEventId(id, firing.state);
    const actions = planActions(automation, {
      id,
      state: firing.state,
      triggeringEventId,
      firingEventId: eventId,
    });
    const led = event?.chain ?? [];
    const runs = actions.filter(({ action }) => startsRun(action)).length;
    const verdict = guard.judge(automationId, led, firing.firedAt, runs);
    const chain = guard.chainOf(automationId, led);
    const planned = { definition, firing, id, chain, actions, refused: verdict.tooDeep ? tooDeep : null };
    firings.push(planned);
    if (verdict.loop !== null)
      loops.set(automationId, { automationId, name: automation.name, reason: verdict.loop, chain });
    events.push(
      firingEvent({
        id,
        automation: { id: automationId, name: automation.name },
        firing,
        triggeringEvent: event?.shown ?? null,
        chain,
      }),
    );
    if (planned.refused !== null) events.push(...refusals(planned, eventId, event));
  }
  return { firings, events, loops: [...loops.values()] };
}

/** What is told of actions that are not carried out. */
function refusals(
  { definition, firing, chain, actions }: PlannedFiring,
  eventId: string,
  event: TriggeringEvent | undefined,
): NewEvent[] {
  const triggered = new Date(firing.time);
  const { automationId, automation } = definition;
  const occurredOf = (id: string) =>
    id === eventId ? triggered : event === undefined ? null : new Date(event.shown.occurred);
  const outcome: FailedOutcome = { status: "FAILED", reason: tooDeep, related: [], result: {} };
  return actions.flatMap(({ id, index, action, triggeringEventId }) => {
    const run: ToldActionRun = {
      id,
      index,
      type: action.type,
      automation: { id: automationId, name: automation.name, trigger: automation.trigger },
      triggered,
      firingEventId: eventId,
      triggeringEvent:
        triggeringEventId === null
          ? null
          : { id: triggeringEventId, occurred: occurredOf(triggeringEventId) },
      chain,
      // Before the first attempt, should anybody ask for one.
      round: 0,
    };
    return [begunEvent(run, []), endedEvent(run, outcome, 0, new Date(firing.firedAt))];
  });
}
