/** What an expression that is filled in at deploy time stands for. */
export type DeployValue =
  | { kind: "environment"; name: string }
  /** A variable of the server; `path` leads into its value. */
  | { kind: "variable"; name: string; path: string[] }
  /** A block document of the server; `path` leads into its data. */
  | { kind: "block"; type: string; name: string; path: string[] };

/** An expression in a text. */
export interface Expression {
  /** As it is written, with its braces. */
  source: string;
  /** Whether it is written `${{ … }}`, which is filled in at deploy time wherever it stands. */
  marked: boolean;
  /** Null where it names nothing that is known at deploy time. */
  value: DeployValue | null;
}

/** A text taken apart: what stands as it is, and the expressions in it. */
export function partsOf(text: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (const match of text.matchAll(/(\$?)\{\{(.*?)\}\}/gs)) {
    const [source, mark, inner = ""] = match;
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push({ source, marked: mark !== "", value: deployValue(inner.trim()) });
    at = match.index + source.length;
  }
  if (at < text.length || parts.length === 0) parts.push(text.slice(at));
  return parts;
}

/** One for the same value, however it is written. */
export function keyOf(value: DeployValue): string {
  return JSON.stringify(value);
}

function deployValue(inner: string): DeployValue | null {
  const environment = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(inner);
  if (environment?.[1]) return { kind: "environment", name: environment[1] };
  const [whose, what, ...rest] = inner.split(".");
  if ((whose !== "antiphon" && whose !== "prefect") || rest.some((name) => !/^[\w-]+$/.test(name)))
    return null;
  const [first, second, ...path] = rest;
  if (what === "variables" && first !== undefined)
    return { kind: "variable", name: first, path: rest.slice(1) };
  if (what === "blocks" && first !== undefined && second !== undefined)
    return { kind: "block", type: first, name: second, path };
  return null;
}
