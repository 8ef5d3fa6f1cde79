import { splitArguments, whole } from "../arguments.ts";
import { formatted } from "../format.ts";
import { fits } from "../limits.ts";
import { truth } from "../operators.ts";
import { TemplateError } from "../template-error.ts";
import { textOf } from "../text.ts";
import { type Filter, textFilter } from "./filter.ts";

export function capitalized(text: string): string {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("").toLowerCase();
}

function titled(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map((word) => capitalized(word))
    .join("");
}

/** As Python pads: where it cannot be even, an odd width has the larger half on the left. */
export function centered(text: string, width: number): string {
  const length = [...text].length;
  const pad = Math.max(0, width - length);
  fits(text.length + pad);
  const left = Math.floor(pad / 2) + (pad & width & 1);
  return " ".repeat(left) + text + " ".repeat(pad - left);
}

export function stripped(text: string, characters: unknown, side: "both" | "start" | "end" = "both"): string {
  if (characters === undefined || characters === null)
    return side === "both" ? text.trim() : side === "start" ? text.trimStart() : text.trimEnd();
  const drop = new Set(textOf(characters));
  const all = [...text];
  let [from, to] = [0, all.length];
  if (side !== "end") while (from < to && drop.has(all[from] ?? "")) from += 1;
  if (side !== "start") while (to > from && drop.has(all[to - 1] ?? "")) to -= 1;
  return all.slice(from, to).join("");
}

export function replaced(text: string, from: unknown, to: unknown, count: unknown): string {
  const [old, fresh] = [textOf(from), textOf(to)];
  const most = count === undefined || count === null ? -1 : whole("the count of replace", count);
  const parts = old === "" ? ["", ...text, ""] : text.split(old);
  const times = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  fits(text.length + times * (fresh.length - old.length));
  return (
    parts.slice(0, times + 1).join(fresh) +
    parts
      .slice(times + 1)
      .map((part) => old + part)
      .join("")
  );
}

function indented(text: string, width: unknown, first: unknown, blank: unknown): string {
  const by = typeof width === "string" ? width : " ".repeat(indentWidth(width));
  const lines = text.split("\n");
  fits(text.length + lines.length * by.length);
  return lines
    .map((line, at) => ((at === 0 ? truth(first) : line !== "" || truth(blank)) ? by + line : line))
    .join("\n");
}

function indentWidth(width: unknown): number {
  const count = Math.max(0, whole("the width of indent", width, 4));
  fits(count);
  return count;
}

function truncated(text: string, length: unknown, killWords: unknown, end: unknown, leeway: unknown): string {
  const most = whole("the length of truncate", length, 255);
  const ending = end === undefined ? "..." : textOf(end);
  const slack = whole("the leeway of truncate", leeway, 5);
  if (most < ending.length)
    throw new TemplateError(
      `the length of truncate must be at least ${ending.length}, that of its end; it is ${most}`,
    );
  const all = [...text];
  if (all.length <= most + slack) return text;
  const cut = all.slice(0, most - ending.length).join("");
  const space = cut.lastIndexOf(" ");
  return (truth(killWords) || space < 0 ? cut : cut.slice(0, space)) + ending;
}

/** Lines of at most `width`, broken at spaces and behind hyphens. */
function wrapped(
  text: string,
  width: number,
  breakLong: boolean,
  separator: string,
  hyphens: boolean,
): string {
  const wrapLine = (line: string): string[] => {
    const pieces = line.match(hyphens ? /\s+|[^\s-]+-(?=\p{L})|[^\s-]*-+|[^\s-]+/gu : /\s+|\S+/g) ?? [];
    const lines: string[] = [];
    let current = "";
    for (let piece of pieces) {
      if (/^\s/.test(piece) && current === "" && lines.length > 0) continue;
      if (current !== "" && current.trimEnd().length > 0 && (current + piece).trimEnd().length > width) {
        // A word that has to be broken anyway begins on this line.
        const room = breakLong && piece.length > width ? Math.max(0, width - current.length) : 0;
        lines.push((current + piece.slice(0, room)).trimEnd());
        piece = piece.slice(room);
        current = "";
        if (/^\s/.test(piece)) continue;
      }
      while (breakLong && piece.length > width) {
        lines.push(piece.slice(0, width));
        piece = piece.slice(width);
      }
      current += piece;
    }
    if (current.trimEnd() !== "") lines.push(current.trimEnd());
    return lines;
  };
  const lines = text.split("\n").map((line) => wrapLine(line).join(separator));
  fits(lines.reduce((sum, line) => sum + line.length + separator.length, 0));
  return lines.join(separator);
}

export const textFilters: Record<string, Filter> = {
  capitalize: textFilter("capitalize", [], capitalized),
  title: textFilter("title", [], titled),
  lower: textFilter("lower", [], (text) => text.toLowerCase()),
  upper: textFilter("upper", [], (text) => text.toUpperCase()),
  string: textFilter("string", [], (text) => text),
  trim: textFilter("trim", ["chars"], (text, characters) => stripped(text, characters)),
  center: textFilter("center", ["width"], (text, width) =>
    centered(text, whole("the width of center", width, 80)),
  ),
  indent: textFilter("indent", ["width", "first", "blank"], indented),
  replace: textFilter("replace", ["old", "new", "count"], replaced),
  truncate: textFilter("truncate", ["length", "killwords", "end", "leeway"], truncated),
  wordcount: textFilter("wordcount", [], (text) => text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  wordwrap: textFilter(
    "wordwrap",
    ["width", "break_long_words", "wrapstring", "break_on_hyphens"],
    (text, width, long, separator, hyphens) => {
      const columns = whole("the width of wordwrap", width, 79);
      if (columns < 1) throw new TemplateError(`the width of wordwrap must be at least 1; it is ${columns}`);
      return wrapped(
        text,
        columns,
        long === undefined || truth(long),
        separator === undefined || separator === null ? "\n" : textOf(separator),
        hyphens === undefined || truth(hyphens),
      );
    },
  ),
  format: (value, args) => {
    const [placed, byName] = splitArguments(args);
    return formatted(textOf(value), placed, byName);
  },
};
