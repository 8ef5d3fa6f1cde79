import { numeral, withSign } from "./format.ts";
import { fits } from "./limits.ts";
import { strftime } from "./strftime.ts";
import { TemplateError } from "./template-error.ts";
import { textOf } from "./text.ts";
import { describe, Moment } from "./values.ts";

const spec = /^(?:([^{}])?([<>=^]))?([-+ ])?(#)?(0)?(\d{1,9})?([,_])?(?:\.(\d{1,9}))?([a-zA-Z%])?$/u;

/** A value as Python's `format` shows it by what stands behind the colon of `"{:>8.2f}"`. Of a date these are `strftime`'s directives. */
export function bySpec(value: unknown, given: string): string {
  if (given === "") return textOf(value);
  if (value instanceof Moment) return strftime(value, given);
  const found = spec.exec(given);
  if (found === null) throw new TemplateError(`the format ${JSON.stringify(given)} is not understood`);
  const [, fill, align, sign = "", marked, zero, width, grouping = "", precision, kind] = found;
  const digits = precision === undefined ? undefined : Number(precision);
  fits(Number(width ?? 0) + (digits ?? 0));
  const isNumber = typeof value === "number" || (typeof value === "boolean" && kind !== undefined);
  const shown =
    isNumber && kind !== "s"
      ? withSign(numberText(Number(value), kind, marked !== undefined, digits, grouping), sign)
      : plainText(value, kind, digits);
  const side = align ?? (zero !== undefined ? "=" : isNumber ? ">" : "<");
  return padded(shown, Number(width ?? 0), side, fill ?? (zero === undefined ? " " : "0"));
}

function plainText(value: unknown, kind: string | undefined, digits: number | undefined): string {
  if (kind !== undefined && kind !== "s")
    throw new TemplateError(`the format "${kind}" takes a number, not ${describe(value)}`);
  return [...textOf(value)].slice(0, digits).join("");
}

function numberText(
  value: number,
  kind: string | undefined,
  marked: boolean,
  digits: number | undefined,
  grouping: string,
): string {
  if (kind === "%") return `${grouped(numeral(value * 100, "f", false, digits), grouping)}%`;
  if (kind === "b") return `${marked ? "0b" : ""}${Math.trunc(value).toString(2)}`;
  const text =
    kind === undefined && digits === undefined
      ? textOf(value)
      : numeral(value, kind === undefined || kind === "n" ? "g" : kind, marked, digits);
  return grouped(text, grouping);
}

function grouped(text: string, separator: string): string {
  return separator === "" ? text : text.replace(/\d+/, (all) => all.replace(/\B(?=(?:\d{3})+$)/g, separator));
}

function padded(text: string, width: number, side: string, fill: string): string {
  const pad = Math.max(0, width - [...text].length);
  const filling = (count: number) => fill.repeat(count);
  switch (side) {
    case "<":
      return text + filling(pad);
    case "^":
      return filling(Math.floor(pad / 2)) + text + filling(Math.ceil(pad / 2));
    case "=": {
      const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
      return sign + filling(pad) + text.slice(sign.length);
    }
    default:
      return filling(pad) + text;
  }
}
