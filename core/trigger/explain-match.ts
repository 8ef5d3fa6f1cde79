import type { Labels } from "../event/event.ts";
import { labelValue, namesCover, specFailures } from "../event/label-spec.ts";
import { documentPath, type Explained } from "./explained.ts";
import { patternsText, specText } from "./filter-text.ts";
import type { Subject } from "./match.ts";
import { runStateOf } from "./metric-event.ts";
import type { EventTrigger, LabelSpec } from "./trigger.ts";
import type { Leaf } from "./watch.ts";

/** What an event must be for an event or metric trigger to want it, in the order in which it is judged: name, labels, related resources. */
export function explainMatch(leaf: Leaf, event: Subject): Explained[] {
  const { trigger, path } = leaf;
  return [
    trigger.type === "event" ? explainName(trigger, path, event.event) : explainRunState(path, event.event),
    ...explainLabels(trigger.match, path, event.resource),
    ...trigger.matchRelated.map((spec, index) =>
      explainRelated(spec, documentPath(path, "match_related", String(index)), event.related),
    ),
  ];
}

function explainName(trigger: EventTrigger, path: readonly number[], name: string): Explained {
  const { expect, after } = trigger;
  const expected = namesCover(expect, name);
  const arming = after.length > 0 && namesCover(after, name);
  const counts = expect.length === 0 ? "any name" : expect.join(" or ");
  const armsOnly = after.filter((pattern) => !expect.includes(pattern));
  const arms = armsOnly.length === 0 ? "" : `, or to arm it ${armsOnly.join(" or ")}`;
  const part = expected && arming ? "is expected and arms" : arming ? "arms" : "is expected";
  const holds = expected || arming;
  return {
    path: documentPath(path, arming && !expected ? "after" : "expect"),
    holds,
    expected: `${counts}${arms}`,
    actual: holds ? `${name}, which ${part}` : name,
    because: `The name ${name} is not among those that it wants: ${counts}${arms}.`,
  };
}

function explainRunState(path: readonly number[], name: string): Explained {
  return {
    path: documentPath(path, "metric"),
    holds: runStateOf(name) !== null,
    expected: "a run's change of state, prefect.flow-run.*",
    actual: name,
    because: `The figure is taken of runs' changes of state, and ${name} is none.`,
  };
}

function explainLabels(spec: LabelSpec, path: readonly number[], resource: Labels): Explained[] {
  const failures = new Set(specFailures(spec, resource).map(({ label }) => label));
  return Object.entries(spec).map(([label, patterns]) => {
    const actual = valueText(resource, label);
    const expected = patternsText(patterns);
    return {
      path: documentPath(path, "match", label),
      holds: !failures.has(label),
      expected,
      actual,
      because:
        labelValue(resource, label) === null
          ? `The resource has no label ${label}, which is to be ${expected}.`
          : `The label ${label} is ${actual} and not ${expected}.`,
    };
  });
}

function explainRelated(spec: LabelSpec, path: string[], related: readonly Labels[]): Explained {
  const expected = specText(spec);
  const nearest = related
    .map((resource) => ({ resource, failures: specFailures(spec, resource) }))
    .sort((a, b) => a.failures.length - b.failures.length)[0];
  if (nearest === undefined) {
    return {
      path,
      holds: false,
      expected,
      actual: "no related resources",
      because: `The event has no related resources, and one is to be such that ${expected}.`,
    };
  }
  const { resource, failures } = nearest;
  const name = `${valueText(resource, "prefect.resource.id")} (${valueText(resource, "prefect.resource.role")})`;
  const differences = failures.map(({ label }) => `${label} is ${valueText(resource, label)}`).join(" and ");
  return {
    path,
    holds: failures.length === 0,
    expected,
    actual: failures.length === 0 ? name : `nearest is ${name}, whose ${differences}`,
    because: `No related resource is such that ${expected}: of the nearest, ${name}, ${differences}.`,
  };
}

function valueText(resource: Labels, label: string): string {
  const value = labelValue(resource, label);
  if (value === null) return "missing";
  return value === "" ? '""' : value;
}
