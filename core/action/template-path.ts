/** A way into the values of a template: `event.payload["user id"]` is `["event", "payload", "user id"]`. */
export type TemplatePath = readonly string[];

const name = /^[\p{L}_$][\p{L}\p{N}_$]*/u;
const index = /^\d+/;
const quoted = /^"((?:[^"\\]|\\["\\])*)"|^'((?:[^'\\]|\\['\\])*)'/;

/** What stands between `{{` and `}}` as a path; null where it is anything else. */
export function templatePath(expression: string): TemplatePath | null {
  let rest = expression.trim();
  const first = name.exec(rest)?.[0];
  if (first === undefined) return null;
  const path = [first];
  rest = rest.slice(first.length);
  while (rest !== "") {
    const step = rest.startsWith(".") ? dotted(rest.slice(1)) : bracketed(rest);
    if (step === null) return null;
    path.push(step.name);
    rest = step.rest;
  }
  return path;
}

interface Step {
  name: string;
  rest: string;
}

function dotted(text: string): Step | null {
  const found = (name.exec(text) ?? index.exec(text))?.[0];
  return found === undefined ? null : { name: found, rest: text.slice(found.length) };
}

function bracketed(text: string): Step | null {
  if (!text.startsWith("[")) return null;
  const inner = text.slice(1).trimStart();
  const literal = quoted.exec(inner);
  const found = literal?.[0] ?? index.exec(inner)?.[0];
  if (found === undefined) return null;
  const after = inner.slice(found.length).trimStart();
  if (!after.startsWith("]")) return null;
  const value = literal === null ? found : (literal[1] ?? literal[2] ?? "").replace(/\\(.)/g, "$1");
  return { name: value, rest: after.slice(1) };
}
