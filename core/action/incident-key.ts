import { byCodePoint } from "../code-points.ts";
import { derivedId } from "../derived-id.ts";
import type { Labels } from "../event/event.ts";

/** What the firings of an automation for the same `for_each` labels have in common, so that what one of them opened the next can close. */
export function incidentKey(automationId: string, labels: Labels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => byCodePoint(a, b));
  return derivedId("incident", automationId, sorted.flat());
}
