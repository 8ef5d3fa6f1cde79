import { whole } from "../arguments.ts";
import { general } from "../format.ts";
import { truth } from "../operators.ts";
import { rounded } from "../rounding.ts";
import { TemplateError } from "../template-error.ts";
import { describe } from "../values.ts";
import { type Filter, filter } from "./filter.ts";

/** The number that a value is, for a filter that takes nothing else. */
export function numberOf(what: string, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  throw new TemplateError(`${what} takes a number, not ${describe(value)}`);
}

const floating = /^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?$/;

/** The number in a text, a number or a boolean; null where there is none. */
function parsed(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string" || value.length > 1_000 || !floating.test(value.trim())) return null;
  const number = Number(value.trim().replaceAll("_", ""));
  return Number.isFinite(number) ? number : null;
}

function integer(value: unknown, otherwise: unknown, base: unknown): unknown {
  const radix = whole("the base of int", base, 10);
  if (radix !== 10 && typeof value === "string") {
    const digits = value
      .trim()
      .toLowerCase()
      .replaceAll("_", "")
      .replace(/^([+-]?)0[xob]/, "$1");
    const number = radix >= 2 && radix <= 36 ? Number.parseInt(digits, radix) : Number.NaN;
    return Number.isNaN(number) || !/^[+-]?[0-9a-z]{1,50}$/.test(digits) ? (otherwise ?? 0) : number;
  }
  const number = parsed(value);
  return number === null ? (otherwise ?? 0) : Math.trunc(number) + 0;
}

function round(value: unknown, precision: unknown, method: unknown = "common"): number {
  const number = numberOf("round", value);
  const digits = whole("the precision of round", precision, 0);
  if (method === "common") return rounded(number, digits);
  if (method !== "ceil" && method !== "floor")
    throw new TemplateError(`the method of round is common, ceil or floor`);
  const unit = 10 ** digits;
  return (method === "ceil" ? Math.ceil(number * unit) : Math.floor(number * unit)) / unit;
}

function fileSize(value: unknown, binary: unknown): string {
  const bytes = numberOf("filesizeformat", parsed(value));
  const base = truth(binary) ? 1024 : 1000;
  const units = truth(binary)
    ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${general(bytes, 6)} Bytes`;
  const at = units.findIndex((_, index) => bytes < base ** (index + 2));
  const power = at < 0 ? units.length : at + 1;
  return `${rounded(bytes / base ** power, 1).toFixed(1)} ${units[power - 1]}`;
}

export const numberFilters: Record<string, Filter> = {
  abs: filter("abs", [], (value) => Math.abs(numberOf("abs", value))),
  int: filter("int", ["default", "base"], integer),
  float: filter("float", ["default"], (value, otherwise) => parsed(value) ?? otherwise ?? 0),
  round: filter("round", ["precision", "method"], round),
  filesizeformat: filter("filesizeformat", ["binary"], fileSize),
};
