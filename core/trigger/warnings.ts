import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import type { LabelSpec, TriggerDefinition } from "./trigger.ts";

type EventDefinition = Extract<TriggerDefinition, { type: "event" }>;
type CompositeDefinition = Extract<TriggerDefinition, { type: "compound" | "sequence" }>;
type MetricDefinition = Extract<TriggerDefinition, { type: "metric" }>;

interface Doubt {
  at: readonly string[];
  text: string;
}

/** What is valid but doubtful in a trigger; `path` is where it stands in a document. */
export function triggerWarnings(trigger: TriggerDefinition, path: readonly string[]): Issue[] {
  const own = doubts(trigger).map(({ at, text }) => {
    const place = [...path, ...at];
    return { path: place, message: `${placeText(place)} ${text}` };
  });
  if (trigger.type !== "compound" && trigger.type !== "sequence") return own;
  const members = trigger.triggers.flatMap((member, index) =>
    triggerWarnings(member, [...path, "triggers", String(index)]),
  );
  return [...own, ...members];
}

function doubts(trigger: TriggerDefinition): Doubt[] {
  switch (trigger.type) {
    case "event":
      return [...breadth(trigger), ...counting(trigger), ...arming(trigger), ...closedSpecs(trigger)];
    case "metric":
      return [...metricDoubts(trigger), ...closedSpecs(trigger)];
    case "compound":
    case "sequence":
      return compositeDoubts(trigger);
  }
}

function breadth({ match, matchRelated, expect, after, posture }: EventDefinition): Doubt[] {
  const everyName = expect.length === 0 || expect.includes("*");
  if (!everyName) return [];
  if (Object.keys(match).length === 0 && matchRelated.length === 0 && after.length > 0) {
    const behind = "behind one of after, every event there is";
    return [
      {
        at: ["expect"],
        text: `covers ${behind}; name some, or what they are about in match or match_related`,
      },
    ];
  }
  if (Object.keys(match).length === 0 && matchRelated.length === 0)
    return [
      {
        at: [],
        text: "is empty: it takes every event there is; name some in expect, match or match_related",
      },
    ];
  if (posture === "Proactive") return [];
  return [{ at: ["expect"], text: "covers every event of what matches, whatever its name" }];
}

function counting({ posture, threshold, within, after }: EventDefinition): Doubt[] {
  if (posture === "Proactive") {
    if (threshold === 0)
      return [{ at: ["threshold"], text: "is 0: there are never fewer events, so it never fires" }];
    if (threshold > 1 && within <= 10) {
      const text = `is ${within} s, the least (0 means it too): it fires where fewer than ${threshold} events come in that time; threshold counts events, within is the time in seconds`;
      return [{ at: ["within"], text }];
    }
    return [];
  }
  if (threshold === 0) return [{ at: ["threshold"], text: "is 0, which acts as 1" }];
  if (threshold === 1 || within > 0 || after.length > 0) return [];
  return [{ at: ["within"], text: `is 0: the ${threshold} events are counted however far apart they are` }];
}

function arming({ posture, expect, after, within }: EventDefinition): Doubt[] {
  if (posture === "Proactive" || within > 0 || after.length === 0 || expect.length === 0) return [];
  if (!expect.every((name) => after.includes(name))) return [];
  const text =
    "holds all names of after: without a time limit such an event arms and can never come after itself, so it never fires";
  return [{ at: ["expect"], text }];
}

function closedSpecs(trigger: EventDefinition | MetricDefinition): Doubt[] {
  const related = trigger.matchRelated.flatMap((spec, index) =>
    closedLabels(
      spec,
      trigger.matchRelated.length === 1 ? ["match_related"] : ["match_related", String(index)],
    ),
  );
  return [...closedLabels(trigger.match, ["match"]), ...related];
}

function closedLabels(spec: LabelSpec, at: readonly string[]): Doubt[] {
  return Object.entries(spec)
    .filter(([, patterns]) => patterns.length === 0)
    .map(([label]) => ({ at: [...at, label], text: "is an empty list, which no value fits" }));
}

function metricDoubts({ metric: { name, operator, threshold } }: MetricDefinition): Doubt[] {
  const range = name === "successes" ? { least: 0, most: 1 } : { least: 0, most: Number.POSITIVE_INFINITY };
  const below = operator === "<" || operator === "<=";
  const always = below ? threshold > range.most : threshold < range.least;
  const never = below ? threshold < range.least : threshold > range.most;
  if (!always && !never) return [];
  const values = name === "successes" ? "a share from 0 to 1" : "never negative";
  return [
    { at: ["metric", "threshold"], text: `is ${always ? "always" : "never"} met: ${name} is ${values}` },
  ];
}

function compositeDoubts(trigger: CompositeDefinition): Doubt[] {
  const all =
    trigger.type === "sequence" || trigger.require === "all" ? trigger.triggers.length : trigger.require;
  const oneNeeded = all === 1 || all === "any";
  if (!oneNeeded || trigger.within === null) return [];
  return [{ at: ["within"], text: "has no effect where one member is enough" }];
}
