import type { ShownEvent } from "../../core/action/firing-event.ts";
import { automationDocument } from "../../core/automation/document.ts";
import type { Json } from "../../core/json.ts";
import { LabelTree, type TemplateContext, type TemplateValue, Thing } from "../../core/template/value.ts";
import type { Executor } from "../db.ts";
import { readVariables } from "../variable/read-variables.ts";
import { loadInvolved } from "./load-involved.ts";
import type { SeenFiring, TemplateOccasion } from "./occasion.ts";
import { loadAutomationTimes } from "./things.ts";

/**
 * The values that templates can speak of (actions.md 3.2), as far as they are named: objects of the database are looked up only where a
 * template refers to them. One that is gone is null.
 *
 * @param names the top-level names that the templates read
 */
export async function loadTemplateContext(
  db: Executor,
  occasion: TemplateOccasion,
  names: ReadonlySet<string>,
  now: Date,
): Promise<TemplateContext> {
  const { event, labels, firings } = occasion;
  const involved = await loadInvolved(db, occasion, names);
  const [outer] = firings;
  return {
    ...involved,
    automation: names.has("automation") ? await automationThing(db, occasion) : undefined,
    event: event === null ? null : eventThing(event),
    labels: new LabelTree(labels),
    firing: outer === undefined ? null : shownFiring(outer),
    firings: firings.map(shownFiring),
    events: distinct([event, ...firings.map((firing) => firing.event)]).map(eventThing),
    variables: names.has("variables") ? await readVariables(db) : {},
    metric: metricOf(occasion),
    now,
  };
}

async function automationThing(db: Executor, { automation }: TemplateOccasion): Promise<TemplateValue> {
  if (automation === null) return null;
  const { id, ...stored } = automation;
  const { owner_resource, ...document } = automationDocument(stored) as { [name: string]: Json }; // a document has no other values
  return new Thing("automation", { id, ...document, ...(await loadAutomationTimes(db, id)) });
}

/** An event with its labels to walk through and its times as dates. */
function eventThing(event: ShownEvent): Thing {
  const { id, occurred, received, resource, related, payload, follows } = event;
  return new Thing("event", {
    id,
    event: event.event,
    occurred: new Date(occurred),
    received: new Date(received),
    resource: new LabelTree(resource),
    related: related.map((labels) => new LabelTree(labels)),
    payload,
    follows,
  });
}

function shownFiring(firing: SeenFiring): TemplateValue {
  return {
    id: firing.id,
    trigger: firing.triggerId,
    trigger_state: firing.state,
    trigger_states: [firing.state],
    triggered: firing.triggered,
    triggering_labels: new LabelTree(firing.labels),
    triggering_event: firing.event === null ? null : eventThing(firing.event),
    triggering_value: firing.metricValue,
  };
}

function metricOf({ automation, firings }: TemplateOccasion): TemplateValue | undefined {
  const trigger = automation?.trigger;
  if (trigger?.type !== "metric") return undefined;
  const { name, threshold, operator, range, firingFor } = trigger.metric;
  return { name, threshold, operator, value: firings[0]?.metricValue ?? null, range, firing_for: firingFor };
}

function distinct(events: readonly (ShownEvent | null)[]): ShownEvent[] {
  const found = new Map<string, ShownEvent>();
  for (const event of events) if (event !== null && !found.has(event.id)) found.set(event.id, event);
  return [...found.values()];
}
