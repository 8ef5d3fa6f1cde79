import type { Target } from "../automation/action.ts";
import { type Noun, nouns } from "../automation/noun.ts";
import type { Labels } from "../event/event.ts";
import { type InvolvedResources, inferId, runOfLabels } from "./infer.ts";

/** Where an action's target can be found, of a firing. */
export interface TargetSources {
  /** The values of the trigger's `for_each` labels. */
  readonly labels: Labels;
  /** The action's triggering event; null where there is none, or where it is no longer kept. */
  readonly event: InvolvedResources | null;
  /** The firing's triggering event, where that is another one. */
  readonly firingEvent: InvolvedResources | null;
  /** The member firings of a composite, newest first. */
  readonly members: readonly { readonly labels: Labels; readonly event: InvolvedResources | null }[];
}

/** The target's id, or why there is none (actions.md 1.1). */
export function findTarget(
  noun: Noun,
  target: Target,
  sources: TargetSources,
): { id: string } | { reason: string } {
  if (target.source === "selected") return { id: target.id };
  const { kind, thing } = nouns[noun];
  const events = eventsOf(noun, sources);
  const id = noun === "flowRun" ? inferRun(events, sources) : inferId(kind, events);
  if (id !== null) return { id };
  const without = noun !== "flowRun" && events.length === 0;
  return { reason: without ? `No event to infer the ${thing}` : `No ${thing} could be inferred` };
}

/** A change of state is about an automation, and never about the one that the original event was about. */
function eventsOf(noun: Noun, { event, firingEvent, members }: TargetSources): InvolvedResources[] {
  const own = noun === "automation" ? [event] : [event, firingEvent];
  return [...own, ...members.map((member) => member.event)].filter((one) => one !== null);
}

function inferRun(events: readonly InvolvedResources[], { labels, members }: TargetSources): string | null {
  const named = runOfLabels(labels) ?? inferId("prefect.flow-run", events);
  if (named !== null) return named;
  for (const member of members) {
    const id = runOfLabels(member.labels);
    if (id !== null) return id;
  }
  return null;
}
