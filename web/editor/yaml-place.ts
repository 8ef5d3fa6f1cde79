import type { Place } from "./place.ts";

interface Line {
  /** Where its field, or its text, begins in the line. */
  readonly column: number;
  /** Whether an item of a list begins in it. */
  readonly isItem: boolean;
  /** Null where it has no field. */
  readonly field: string | null;
  readonly value: string;
}

const lineForm = /^(\s*)((?:-\s+)*)(?:("?)([\w.-]+)\3:(?:\s+(.*))?)?$/;

/**
 * Looks at the lines around a place by how far they are indented, so that it works where the text is not whole yet. Nothing is seen inside of
 * brackets and comments: null there.
 *
 * @param listed whether the items of a field's list are texts, so that what is typed behind its dash is none of a field's name
 */
export function yamlPlace(text: string, at: number, listed: (field: string) => boolean): Place | null {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const typed = text.slice(start, at);
  const lines = text.split("\n");
  const number = text.slice(0, start).split("\n").length - 1;
  const [, indent = "", dashes = "", rest = ""] = /^(\s*)((?:-\s+)*)(.*)$/.exec(typed) ?? [];
  const column = indent.length + dashes.length;
  const value = /^"?([\w.-]+)"?:\s+(?:"|')?([^"'[{#]*)$/.exec(rest);
  if (value === null && !/^[\w.*/-]*$/.test(rest)) return null;
  const { inside, beside } = around(lines, number, column, dashes !== "");
  if (value !== null) {
    const [, field = "", begun = ""] = value;
    return { inside, beside, field, from: at - begun.length };
  }
  const from = at - rest.length;
  const parent = inside.at(-1);
  if (dashes !== "" && parent !== undefined && listed(parent))
    return { inside: inside.slice(0, -1), beside: new Map(), field: parent, from };
  return { inside, beside, field: null, from };
}

function around(lines: readonly string[], number: number, column: number, isItem: boolean) {
  const beside = new Map<string, string>();
  const inside: string[] = [];
  let most = column;
  let within = !isItem;
  for (let at = number - 1; at >= 0 && most > 0; at--) {
    const line = read(lines[at] ?? "");
    if (line?.field == null) continue;
    if (line.column === column && within) {
      beside.set(line.field, line.value);
      if (line.isItem) within = false;
    } else if (line.column < most) {
      within = false;
      most = line.column;
      inside.unshift(line.field);
    }
  }
  // Fields of the whole document have no parent that ends them.
  if (column === 0)
    for (const each of lines.slice(0, number)) {
      const line = read(each);
      if (line?.column === 0 && line.field !== null) beside.set(line.field, line.value);
    }
  for (const each of lines.slice(number + 1)) {
    const line = read(each);
    if (line === null) continue;
    if (line.column < column || (line.column === column && line.isItem)) break;
    if (line.column === column && line.field !== null) beside.set(line.field, line.value);
  }
  return { inside, beside };
}

function read(text: string): Line | null {
  if (/^\s*(?:#|$)/.test(text)) return null;
  const [matched, indent = "", dashes = "", , field = null, value = ""] = lineForm.exec(text) ?? [];
  if (matched === undefined)
    return { column: text.search(/\S/), isItem: /^\s*-\s/.test(text), field: null, value: text.trim() };
  return { column: indent.length + dashes.length, isItem: dashes !== "", field, value: value.trim() };
}
