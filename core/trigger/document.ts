import type { Json, JsonObject } from "../json.ts";
import type { LabelSpec, TriggerDefinition } from "./trigger.ts";

/** The trigger as a document, without ids: the parser gives the same trigger back. */
export function triggerDocument(trigger: TriggerDefinition): JsonObject {
  switch (trigger.type) {
    case "event":
      return {
        type: "event",
        match: specDocument(trigger.match),
        match_related: relatedDocument(trigger.matchRelated),
        after: [...trigger.after],
        expect: [...trigger.expect],
        for_each: [...trigger.forEach],
        posture: trigger.posture,
        threshold: trigger.threshold,
        within: trigger.within,
      };
    case "metric":
      return {
        type: "metric",
        match: specDocument(trigger.match),
        match_related: relatedDocument(trigger.matchRelated),
        metric: {
          name: trigger.metric.name,
          operator: trigger.metric.operator,
          threshold: trigger.metric.threshold,
          range: trigger.metric.range,
          firing_for: trigger.metric.firingFor,
        },
      };
    case "compound":
      return {
        type: "compound",
        require: trigger.require,
        triggers: trigger.triggers.map(triggerDocument),
        within: trigger.within,
      };
    case "sequence":
      return { type: "sequence", triggers: trigger.triggers.map(triggerDocument), within: trigger.within };
  }
}

/** A specification as people write it: one pattern is a text. */
export function specDocument(spec: LabelSpec): JsonObject {
  return Object.fromEntries(
    Object.entries(spec).map(([label, patterns]): [string, Json] => {
      const [only, ...more] = patterns;
      return [label, only !== undefined && more.length === 0 ? only : [...patterns]];
    }),
  );
}

function relatedDocument(specs: readonly LabelSpec[]): Json {
  const [only, ...more] = specs;
  if (only === undefined) return {};
  return more.length === 0 ? specDocument(only) : specs.map(specDocument);
}
