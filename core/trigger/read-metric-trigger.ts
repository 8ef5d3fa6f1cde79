import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readSeconds, readWord } from "../document/values.ts";
import { readLabelSpec, readRelatedSpecs } from "./read-label-spec.ts";
import type { MetricTrigger, TriggerDefinition } from "./trigger.ts";
import type { TriggerReading } from "./trigger-reading.ts";

type Condition = MetricTrigger["metric"];

/** Seconds: the default and the least of `range` and `firing_for`. */
const leastSeconds = 300;

/** The fields of a metric trigger's document besides `type`. */
export const metricTriggerFields = ["match", "match_related", "metric"] as const;

/** Those of its `metric`. */
export const metricFields = ["name", "operator", "threshold", "range", "firing_for"] as const;

export function readMetricTrigger(within: TriggerReading, fields: Fields): TriggerDefinition {
  const { reading, besides } = within;
  const stated = reading.dialect === "input" ? [] : ["type", "posture"];
  fields.only("a metric trigger", [...stated, ...metricTriggerFields, ...besides], ["id"]);
  if (reading.dialect !== "input") readWord(reading, fields.get("posture"), ["Metric"], "Metric");
  return {
    type: "metric",
    match: readLabelSpec(reading, fields.get("match")),
    matchRelated: readRelatedSpecs(reading, fields.get("match_related")),
    metric: readCondition(within, fields.require("metric")),
  };
}

function readCondition({ reading, maxMetricRange }: TriggerReading, given: Given | null): Condition {
  const fields = given === null ? null : Fields.of(reading, given);
  if (fields === null)
    return { name: "successes", operator: "<", threshold: 0, range: leastSeconds, firingFor: leastSeconds };
  fields.only("a metric", metricFields);
  const names = ["successes", "duration", "lateness"] as const;
  const operators = ["<", "<=", ">", ">="] as const;
  return {
    name: readWord(reading, fields.require("name"), names, "successes"),
    operator: readWord(reading, fields.require("operator"), operators, "<"),
    threshold: readNumber(reading, fields.require("threshold")),
    range: readRange(reading, fields.get("range"), maxMetricRange),
    firingFor: readPeriod(reading, fields.get("firing_for")),
  };
}

function readPeriod(reading: Reading, given: Given | null): number {
  return given === null
    ? leastSeconds
    : readSeconds(reading, given, { least: leastSeconds, otherwise: leastSeconds });
}

function readRange(reading: Reading, given: Given | null, most: number): number {
  const range = readPeriod(reading, given);
  if (given !== null && range > most)
    reading.refuse(given.path, `must be at most ${most}, as long as events are kept; ${itIs(given.value)}`);
  return range;
}

function readNumber(reading: Reading, given: Given | null): number {
  if (given === null) return 0;
  if (typeof given.value === "number" && Number.isFinite(given.value)) return given.value;
  reading.refuse(given.path, `must be a number; ${itIs(given.value)}`);
  return 0;
}
