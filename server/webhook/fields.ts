import { UnreadableBodyError } from "./unreadable-body.ts";

/** Fields of a form or a query. */
export interface Fields {
  /** The last value of each. */
  readonly last: Record<string, string>;
  readonly all: Record<string, string[]>;
}

const mostFields = 1_000;

/** @throws UnreadableBodyError */
export function readFields(text: string): Fields {
  const parts = text.split("&").filter((part) => part !== "");
  checkCount(parts.length);
  return collect(
    parts.map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [decoded(part), ""] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    }),
  );
}

/** @throws UnreadableBodyError where there are too many */
export function collect(pairs: readonly (readonly [string, string])[]): Fields {
  checkCount(pairs.length);
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = all.get(name);
    if (values === undefined) all.set(name, [value]);
    else values.push(value);
  }
  // From entries, so that a field named __proto__ is a field.
  return {
    last: Object.fromEntries([...all].map(([name, values]) => [name, values.at(-1) ?? ""])),
    all: Object.fromEntries(all),
  };
}

function checkCount(fields: number): void {
  if (fields > mostFields)
    throw new UnreadableBodyError(`the form has ${fields} fields; at most ${mostFields} are taken`);
}

/** `+` is a space; a `%` that begins no byte is itself, as senders that encode nothing mean it. */
function decoded(text: string): string {
  const plain = text.replaceAll("+", " ");
  if (!plain.includes("%")) return plain;
  try {
    return decodeURIComponent(plain.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    throw new UnreadableBodyError("the form has percent-encoded bytes that are not valid UTF-8");
  }
}
