import { itIs } from "../document/describe-value.ts";
import type { Fields } from "../document/fields.ts";
import { meantName } from "../document/nearest.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readSeconds, readTextSet, readWord } from "../document/values.ts";
import { readLabelSpec, readRelatedSpecs } from "./read-label-spec.ts";
import type { TriggerDefinition } from "./trigger.ts";
import type { TriggerReading } from "./trigger-reading.ts";

/** The fields of an event trigger's document besides `type`. */
export const eventTriggerFields = [
  "match",
  "match_related",
  "after",
  "expect",
  "for_each",
  "posture",
  "threshold",
  "within",
];

/** The shortest window of a proactive trigger, and the one that 0 stands for; seconds. */
const leastProactive = 10;

/** The greatest number that GraphQL's Int holds. */
const mostThreshold = 2 ** 31 - 1;

export function readEventTrigger({ reading, besides }: TriggerReading, fields: Fields): TriggerDefinition {
  fields.only("an event trigger", [...typeName(reading), ...eventTriggerFields, ...besides], ["id"]);
  const posture = readPosture(reading, fields.get("posture"));
  return {
    type: "event",
    match: readLabelSpec(reading, fields.get("match")),
    matchRelated: readRelatedSpecs(reading, fields.get("match_related")),
    after: readTextSet(reading, fields.get("after")),
    expect: readTextSet(reading, fields.get("expect")),
    forEach: readTextSet(reading, fields.get("for_each")),
    posture,
    threshold: readThreshold(reading, fields.get("threshold")),
    within: readWithin(reading, fields.get("within"), posture),
  };
}

/** One that is misspelt is read on as the one that was meant. */
function readPosture(reading: Reading, given: Given | null): "Reactive" | "Proactive" {
  const postures = ["Reactive", "Proactive"] as const;
  const posture = readWord(reading, given, postures, null);
  return posture ?? meantName(given?.value, postures) ?? "Reactive";
}

/** Typed input names the kind elsewhere. */
function typeName(reading: Reading): string[] {
  return reading.dialect === "input" ? [] : ["type"];
}

function readThreshold(reading: Reading, given: Given | null): number {
  if (given === null) return 1;
  const { value, path } = given;
  if (typeof value !== "number" || !Number.isInteger(value))
    reading.refuse(path, `must be an integer; ${itIs(value)}`);
  else if (value < 0) reading.refuse(path, `must be at least 0; ${itIs(value)}`);
  else if (value > mostThreshold) reading.refuse(path, `must be at most ${mostThreshold}; ${itIs(value)}`);
  else return value + 0;
  return 1;
}

/** An explicit 0 of a proactive trigger asks for the shortest window. */
function readWithin(reading: Reading, given: Given | null, posture: "Reactive" | "Proactive"): number {
  if (posture === "Reactive")
    return given === null ? 0 : readSeconds(reading, given, { least: 0, otherwise: 0 });
  const rules = { least: leastProactive, orZero: true, reason: " for Proactive", otherwise: leastProactive };
  return given === null ? leastProactive : readSeconds(reading, given, rules) || leastProactive;
}
