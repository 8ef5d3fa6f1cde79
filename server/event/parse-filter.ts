import { Reading } from "../../core/document/reading.ts";
import { type EventFilter, searched } from "../../core/event/event-filter.ts";
import { textProblem } from "../../core/json.ts";
import { readLabelSpec } from "../../core/trigger/read-label-spec.ts";

/** A filter as it is given; what is left out is undefined or null. */
export interface GivenFilter {
  events?: readonly string[] | null | undefined;
  excludeEvents?: readonly string[] | null | undefined;
  resource?: unknown;
  related?: unknown;
  text?: string | null | undefined;
  occurredAfter?: Date | null | undefined;
  occurredBefore?: Date | null | undefined;
}

/** Values and patterns in one filter. */
const mostPatterns = 500;

/** @throws InvalidInputError with every problem */
export function parseFilter(given: GivenFilter | null | undefined): EventFilter {
  const reading = new Reading("input", "the filter");
  const spec = (field: "resource" | "related") =>
    readLabelSpec(reading, given?.[field] == null ? null : { value: given[field], path: ["filter", field] });
  const resource = spec("resource");
  const related = spec("related");
  const events = given?.events ?? null;
  const excludeEvents = given?.excludeEvents ?? [];
  for (const [field, texts] of Object.entries({
    events: events ?? [],
    excludeEvents,
    text: [given?.text ?? ""],
  }))
    for (const text of texts) {
      const problem = textProblem(text);
      if (problem !== null) reading.refuse(["filter", field], problem);
    }
  const words = searched(given?.text ?? "");
  const patterns = [
    ...Object.values(resource),
    ...Object.values(related),
    events ?? [],
    excludeEvents,
    words,
  ];
  const count = patterns.reduce((sum, each) => sum + each.length, 0);
  if (count > mostPatterns)
    reading.refuse(["filter"], `has ${count} patterns; at most ${mostPatterns} are taken`);
  return reading.finish({
    events,
    excludeEvents,
    resource,
    related,
    words,
    occurredAfter: given?.occurredAfter?.getTime() ?? null,
    occurredBefore: given?.occurredBefore?.getTime() ?? null,
  });
}
