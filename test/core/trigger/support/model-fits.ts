import type { Labels, LogEvent } from "../../../../core/event/event.ts";

/** Of triggers.md 5: what a label of `for_each` is in an event. */
export function keyValue(label: string, { resource, related }: LogEvent): string {
  const parts = label.split(":");
  if (parts[0] === "related" && parts.length > 2) {
    const role = parts.slice(1, -1).join(":");
    const first = related.find((each) => each["prefect.resource.role"] === role);
    if (first !== undefined) return first[parts.at(-1) ?? ""] ?? "";
  }
  return resource[label] ?? "";
}

/** Of triggers.md 2. */
export function specFits(
  spec: Readonly<Record<string, string | readonly string[]>>,
  resource: Labels,
): boolean {
  return Object.entries(spec).every(([label, patterns]) => {
    const value = resource[label];
    return value !== undefined && [patterns].flat().some((pattern) => fits(pattern, value, 0));
  });
}

/** Of triggers.md 3. */
export function nameFits(pattern: string, name: string): boolean {
  return fits(pattern, name, 1);
}

function fits(pattern: string, text: string, least: 0 | 1): boolean {
  if (pattern.startsWith("!")) return !covers([...pattern.slice(1)], [...text], least);
  return covers([...pattern], [...text], least);
}

/** Every run that a star may stand for is tried. */
function covers(pattern: readonly string[], text: readonly string[], least: 0 | 1): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first !== "*") return text[0] === first && covers(rest, text.slice(1), least);
  for (let run = least; run <= text.length; run++) if (covers(rest, text.slice(run), least)) return true;
  return false;
}
