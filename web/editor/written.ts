import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from "yaml";
import { isJson, type Json } from "../../core/json.ts";

/** How a value is written. */
export type Form = "YAML" | "JSON";

/** Characters of a text, counted from 0; `to` does not belong to them. */
export interface Range {
  from: number;
  to: number;
}

/** A text as the value that it stands for, or why it stands for none. */
export type Written =
  | { readonly ok: true; readonly value: Json; placeOf(path: readonly string[]): Range }
  | { readonly ok: false; readonly message: string; readonly place: Range };

/** Reads one document of YAML, or JSON. Files are read alike by the command line. */
export function readWritten(text: string, form: Form): Written {
  const document = parseDocument(text, { prettyErrors: false });
  // Of JSON only JSON.parse says whether it is; it would take the last of two of one name.
  const error = document.errors.find(({ code }) => form === "YAML" || code === "DUPLICATE_KEY");
  if (form === "JSON") {
    const refused = jsonError(text);
    if (refused !== null) {
      const at = refused.at ?? document.errors[0]?.pos[0] ?? 0;
      return { ok: false, message: refused.message, place: lineRange(text, at) };
    }
  }
  if (error !== undefined) return { ok: false, message: said(error), place: lineRange(text, error.pos[0]) };
  const top = document.contents;
  try {
    const value: unknown = form === "JSON" ? JSON.parse(text) : (document.toJS() ?? null);
    if (!isJson(value))
      return { ok: false, message: "This holds what JSON has no value for.", place: lineRange(text, 0) };
    return { ok: true, value, placeOf: (path) => placeIn(text, top, path) };
  } catch (thrown) {
    // Aliases that grow without end are seen here only.
    return {
      ok: false,
      message: thrown instanceof Error ? thrown.message : String(thrown),
      place: lineRange(text, 0),
    };
  }
}

/** The line of a place, counted from 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** Where the deepest part of the path that is there stands: the name of a field with its value where that is on the same line. */
function placeIn(text: string, top: Node | null, path: readonly string[]): Range {
  let node: unknown = top;
  let found: Range = lineRange(text, top?.range?.[0] ?? 0);
  for (const step of path) {
    if (!isCollection(node)) break;
    const next: unknown = isMap(node) ? pairOf(node.items, step) : node.items[Number(step)];
    if (next === undefined) break;
    node = isPair(next) ? next.value : next;
    found = rangeOf(text, next) ?? found;
  }
  return found;
}

function pairOf(items: readonly Pair[], name: string): Pair | undefined {
  return items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === name);
}

function rangeOf(text: string, found: unknown): Range | null {
  const key = isPair(found) ? found.key : null;
  const value = isPair(found) ? found.value : found;
  const keyRange = key !== null && (isScalar(key) || isCollection(key)) ? key.range : null;
  const valueRange =
    (isScalar(value) || isCollection(value) || isAlias(value)) && value.range ? value.range : null;
  const from = keyRange?.[0] ?? valueRange?.[0];
  if (from === undefined) return null;
  const line = lineRange(text, from).to;
  const end = isScalar(value) ? (valueRange?.[1] ?? from) : (keyRange?.[1] ?? line);
  return { from, to: Math.max(Math.min(end, line), Math.min(from + 1, text.length)) };
}

/** From a place to the end of its line. */
function lineRange(text: string, at: number): Range {
  const from = Math.min(at, text.length);
  const end = text.indexOf("\n", from);
  return { from, to: end === -1 ? text.length : end };
}

/** Why a text is no JSON, and where, as far as the browser says it; null where it is JSON. */
function jsonError(text: string): { message: string; at: number | null } | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, position] = /position (\d+)/.exec(message) ?? [];
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
    if (position !== undefined) return { message: `This is no JSON: ${message}`, at: Number(position) };
    if (line === undefined || column === undefined)
      return { message: `This is no JSON: ${message}`, at: null };
    const before = text.split("\n").slice(0, Number(line) - 1);
    return { message: `This is no JSON: ${message}`, at: before.join("\n").length + Number(column) };
  }
}

function said({ code, message }: YAMLError): string {
  if (code === "DUPLICATE_KEY") return "This name stands twice in one object.";
  const [, quote] = /^Missing closing (["'])quote$/.exec(message) ?? [];
  if (quote !== undefined) return `A text that begins with ${quote} here does not end with ${quote}.`;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
