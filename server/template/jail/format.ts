import { fits } from "./limits.ts";
import { rounded } from "./rounding.ts";
import { TemplateError } from "./template-error.ts";
import { textOf } from "./text.ts";
import { describe, type Named } from "./values.ts";

const directive = /%(?:\(([^)]{0,200})\))?([-+ 0#]{0,5})(\*|\d{1,9})?(?:\.(\d{1,9}))?([a-zA-Z%])?/g;

/** Python's `text % values`. */
export function formatted(text: string, placed: readonly unknown[], byName: Named): string {
  let at = 0;
  let length = text.length;
  const result = text.replace(
    directive,
    (whole: string, name?: string, flags = "", width?: string, precision?: string, kind?: string) => {
      if (kind === "%") return "%";
      if (kind === undefined || width === "*")
        throw new TemplateError(`the format ${JSON.stringify(whole)} is not understood`);
      if (name === undefined && at >= placed.length)
        throw new TemplateError("there are too few values for the format");
      const value = name === undefined ? placed[at++] : byName[name];
      const columns = Number(width ?? 0);
      const digits = precision === undefined ? undefined : Number(precision);
      fits(columns + (digits ?? 0));
      const shown = padded(converted(value, kind, flags, digits), columns, flags, kind);
      length += shown.length;
      fits(length);
      return shown;
    },
  );
  if (at < placed.length && Object.keys(byName).length === 0)
    throw new TemplateError("there are more values than the format takes");
  return result;
}

function converted(value: unknown, kind: string, flags: string, digits: number | undefined): string {
  if (kind === "s") return [...textOf(value)].slice(0, digits).join("");
  if (kind === "r" || kind === "a") return typeof value === "string" ? JSON.stringify(value) : textOf(value);
  if (kind === "c") return typeof value === "number" ? String.fromCodePoint(value) : textOf(value);
  if (typeof value !== "number" && typeof value !== "boolean")
    throw new TemplateError(`%${kind} takes a number, not ${describe(value)}`);
  return withSign(numeral(Number(value), kind, flags.includes("#"), digits), flags);
}

/** A number by the letter of a format, such as `f` or `x`. */
export function numeral(number: number, kind: string, marked: boolean, digits: number | undefined): string {
  const precision = Math.min(digits ?? 6, 100);
  switch (kind) {
    case "d":
    case "i":
    case "u":
      return String(Math.trunc(number)).replace(
        /^(-?)(\d+)$/,
        (_, sign: string, all: string) => sign + all.padStart(digits ?? 0, "0"),
      );
    case "x":
      return (marked ? "0x" : "") + Math.trunc(number).toString(16);
    case "X":
      return (marked ? "0X" : "") + Math.trunc(number).toString(16).toUpperCase();
    case "o":
      return (marked ? "0o" : "") + Math.trunc(number).toString(8);
    case "f":
    case "F":
      return rounded(number, precision).toFixed(precision);
    case "e":
    case "E": {
      const text = number.toExponential(precision).replace(/e([+-])(\d)$/, "e$10$2");
      return kind === "E" ? text.toUpperCase() : text;
    }
    case "g":
    case "G":
      return general(number, precision === 0 ? 1 : precision);
    default:
      throw new TemplateError(`there is no format %${kind}`);
  }
}

/** `%g`: the shorter of both notations, without zeros at the end. */
export function general(number: number, precision: number): string {
  if (number === 0) return "0";
  const exponent = Number(number.toExponential(precision - 1).split("e")[1]);
  if (exponent >= -4 && exponent < precision)
    return number
      .toFixed(Math.min(100, precision - 1 - exponent))
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "");
  return number
    .toExponential(precision - 1)
    .replace(/(\.\d*?)0+e/, "$1e")
    .replace(".e", "e")
    .replace(/e([+-])(\d)$/, "e$10$2");
}

/** @param flags among them `+` or a space, where a number that is not below zero is to begin so */
export function withSign(text: string, flags: string): string {
  if (text.startsWith("-")) return text;
  return flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
}

function padded(text: string, columns: number, flags: string, kind: string): string {
  if (flags.includes("-")) return text.padEnd(columns);
  if (!flags.includes("0") || kind === "s") return text.padStart(columns);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(columns - sign.length, "0");
}
