import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readComposite } from "./read-composite.ts";
import { readEventTrigger } from "./read-event-trigger.ts";
import { chosenKind, statedKind } from "./read-kind.ts";
import { readMetricTrigger } from "./read-metric-trigger.ts";
import type { TriggerDefinition } from "./trigger.ts";
import { type TriggerLimits, type TriggerReading, unreadable } from "./trigger-reading.ts";

/**
 * Reads a trigger at any place of a definition; problems are noted in `reading`.
 *
 * @param besides fields that its object may have besides the trigger's own (in snake_case), which somebody else reads
 */
export function readTrigger(
  reading: Reading,
  given: Given,
  limits: TriggerLimits,
  besides: readonly string[] = [],
): TriggerDefinition {
  return readOne(
    {
      reading,
      maxMetricRange: limits.maxMetricRange ?? Number.POSITIVE_INFINITY,
      count: { members: 0 },
      depth: 0,
      besides,
      readMember: readOne,
    },
    given,
  );
}

function readOne(within: TriggerReading, given: Given): TriggerDefinition {
  const { reading } = within;
  const fields = Fields.of(reading, given);
  if (fields === null) return unreadable;
  const chosen = reading.dialect === "input" ? chosenKind(reading, fields) : statedKind(reading, fields);
  if (chosen === null) return unreadable;
  switch (chosen.kind) {
    case "event":
      return readEventTrigger(within, chosen.fields);
    case "metric":
      return readMetricTrigger(within, chosen.fields);
    case "compound":
    case "sequence":
      return readComposite(within, chosen.kind, chosen.fields);
  }
}
