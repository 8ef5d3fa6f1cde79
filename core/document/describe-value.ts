const longest = 60;

/** What a value is, for the end of a message: `it is the text "10"`. */
export function itIs(value: unknown): string {
  return `it is ${describeValue(value)}`;
}

/** Such as `the text "10"`, `a list`, `null`. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "left out";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value)}`;
    case "number":
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case "boolean":
      return String(value);
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}
