import type { Issue } from "../../../../core/error.ts";
import { readWritten } from "../../../editor/written.ts";

/** Where in a text something is, both counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** What is wrong with a template, in a sentence that names the place in its whole text, as far as it is known. */
export interface TemplateIssue {
  message: string;
  place: Place | null;
}

const inMessage = /\(line (\d+), column (\d+)\)/;

/** An issue of the API about a template: its path leads into the template's JSON, and lines are counted in the text that lies there. */
export function templateIssue(template: string, { path, message }: Issue): TemplateIssue {
  const inside = path.slice(1);
  const at = startOf(template, inside);
  const [whole, line, column] = inMessage.exec(message) ?? [];
  const named = inside.length === 0 ? message : `${inside.join(" › ")} ${message}`;
  if (whole === undefined) return { message: named, place: at === null ? null : placeIn(template, at) };
  const given = { line: Number(line), column: Number(column) };
  if (at === null || inside.length === 0) return { message: named, place: given };
  const place = placeIn(template, within(template, at, given));
  return { message: named.replace(whole, `(line ${place.line}, column ${place.column})`), place };
}

/** Where the value at the path begins, behind its quotation mark; null where it is not there, or the text is no JSON and says not where. */
function startOf(template: string, path: readonly string[]): number | null {
  const written = readWritten(template, "JSON");
  if (!written.ok) return path.length > 0 || template.includes("{{") ? null : written.place.from;
  if (path.length === 0) return null;
  const { from, to } = written.placeOf(path);
  const [key = ""] = /^"(?:[^"\\]|\\.)*"\s*:\s*/.exec(template.slice(from, to)) ?? [];
  const value = from + key.length;
  return template[value] === '"' ? value + 1 : value;
}

/** The character of the text where a place inside of a JSON text at `start` lies: an escape stands for one. */
function within(text: string, start: number, { line, column }: Place): number {
  let [at, lines, columns] = [start, 1, 1];
  while (at < text.length && (lines < line || columns < column)) {
    const [character = text[at] ?? ""] = /^\\(?:u[0-9a-fA-F]{4}|.)/.exec(text.slice(at, at + 6)) ?? [];
    if (character === "\\n") [lines, columns] = [lines + 1, 1];
    else columns += 1;
    at += character.length;
  }
  return at;
}

function placeIn(text: string, at: number): Place {
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
