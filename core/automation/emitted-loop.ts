import type { Labels } from "../event/event.ts";
import { namesCover } from "../event/label-spec.ts";
import { labelPattern } from "../event/pattern.ts";
import { isTemplate } from "../template/is-template.ts";
import type { LabelSpec } from "../trigger/trigger.ts";
import type { EmitEvent } from "./action.ts";
import { mayFit } from "./run-events.ts";

interface Hearing {
  readonly expect: readonly string[];
  readonly match: LabelSpec;
  readonly matchRelated: readonly LabelSpec[];
}

/** Whether a trigger may hear the event that the action emits, as far as that can be told before its templates are filled in. */
export function mayHearEvent({ expect, match, matchRelated }: Hearing, action: EmitEvent): boolean {
  const { event, resource, related } = action;
  const named = isTemplate(event)
    ? expect.length === 0 || expect.some((pattern) => mayFit(pattern, fixedStart(event)))
    : namesCover(expect, event);
  if (!named || !mayHold(match, resource)) return false;
  return matchRelated.every(
    (spec) => Object.keys(spec).length === 0 || related.some((labels) => mayHold(spec, labels)),
  );
}

function mayHold(spec: LabelSpec, labels: Labels): boolean {
  return Object.entries(spec).every(([label, patterns]) => {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (value === undefined) return false;
    return patterns.some((pattern) =>
      isTemplate(value) ? mayFit(pattern, fixedStart(value)) : labelPattern(pattern)(value),
    );
  });
}

/** What a template begins with, whatever is filled in. */
function fixedStart(template: string): string {
  return template.slice(0, template.search(/\{\{|\{%/));
}
