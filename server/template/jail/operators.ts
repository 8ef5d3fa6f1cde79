import { formatted } from "./format.ts";
import { charge, fits } from "./limits.ts";
import { TemplateError } from "./template-error.ts";
import { textOf } from "./text.ts";
import { describe, isRecord, kindOf, Labels, Moment, type Named, named, Roles } from "./values.ts";

/** Labels that are a value too, as that value. */
export function plain(value: unknown): unknown {
  return value instanceof Labels ? (value.own() ?? value) : value;
}

/** Whether it counts as true, as in Python: nothing that is empty does. */
export function truth(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Labels) return value.names.length > 0;
  if (value instanceof Roles) return value.names().length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return true;
}

/** Equality of values, at any depth; a number never equals a text. */
export function equal(left: unknown, right: unknown): boolean {
  const [a, b] = [plain(left), plain(right)];
  if (a === b) return true;
  if (a == null && b == null) return false;
  if (typeof a === "boolean" && typeof b === "number") return Number(a) === b;
  if (typeof a === "number" && typeof b === "boolean") return a === Number(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  charge(1);
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]));
  if (a instanceof Moment) return b instanceof Moment && a.time === b.time;
  if (a instanceof Labels) return b instanceof Labels && equal(a.pairs(), b.pairs());
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
}

/** Below zero where left comes first. @throws TemplateError where they have no order */
export function order(left: unknown, right: unknown): number {
  const [a, b] = [sortable(left), sortable(right)];
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < a.length && at < b.length; at += 1)
      if (!equal(a[at], b[at])) return order(a[at], b[at]);
    return a.length - b.length;
  }
  throw new TemplateError(`${describe(left)} and ${describe(right)} cannot be ordered`);
}

function sortable(value: unknown): unknown {
  const it = plain(value);
  return typeof it === "boolean" ? Number(it) : it instanceof Moment ? it.time : it;
}

/** By code points. */
function compareTexts(a: string, b: string): number {
  charge(Math.min(a.length, b.length));
  if (a === b) return 0;
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    if (a[at] === b[at]) continue;
    return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
  }
  return a.length - b.length;
}

/** One comparison by its operator. */
export function compare(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case "==":
      return equal(left, right);
    case "!=":
      return !equal(left, right);
    case "<":
      return order(left, right) < 0;
    case "<=":
      return order(left, right) <= 0;
    case ">":
      return order(left, right) > 0;
    case ">=":
      return order(left, right) >= 0;
    case "in":
      return contains(right, left);
    default:
      return !contains(right, left);
  }
}

/** `item in container`. */
export function contains(container: unknown, item: unknown): boolean {
  const inside = plain(container);
  const one = plain(item);
  if (inside === undefined) return false;
  if (typeof inside === "string") {
    if (typeof one !== "string")
      throw new TemplateError(`only a text can be in a text; this is ${describe(one)}`);
    charge(inside.length);
    return inside.includes(one);
  }
  if (Array.isArray(inside)) return inside.some((each) => equal(each, one));
  if (inside instanceof Labels) return typeof one === "string" && inside.has(one);
  if (inside instanceof Roles) return typeof one === "string" && inside.names().includes(one);
  if (isRecord(inside)) {
    if (typeof one !== "string") return false;
    return (kindOf(inside) === "headers" ? one.toLowerCase() : one) in inside;
  }
  throw new TemplateError(`nothing can be in ${describe(container)}`);
}

/** An operator of arithmetic between two values. */
export function arithmetic(operator: string, left: unknown, right: unknown): unknown {
  const [a, b] = [plain(left), plain(right)];
  if (operator === "+") {
    if (typeof a === "string" && typeof b === "string") {
      fits(a.length + b.length);
      return a + b;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      charge(a.length + b.length);
      return [...a, ...b];
    }
  }
  if (operator === "*") {
    if (typeof a === "string" && isCount(b)) return repeated(a, b);
    if (typeof b === "string" && isCount(a)) return repeated(b, a);
    if (Array.isArray(a) && isCount(b)) return repeatedList(a, b);
    if (Array.isArray(b) && isCount(a)) return repeatedList(b, a);
  }
  if (operator === "%" && typeof a === "string") return formatted(a, ...formatValues(b));
  if (operator === "-" && a instanceof Moment && b instanceof Moment) return (a.time - b.time) / 1000;
  return calculated(operator, numberIn(operator, a), numberIn(operator, b));
}

/** What stands behind the `%` of a text: several values, values by names, or one. */
function formatValues(values: unknown): [readonly unknown[], Named] {
  if (Array.isArray(values)) return [values, named()];
  return isRecord(values) ? [[], values] : [[values], named()];
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

function repeated(text: string, count: number): string {
  if (text === "") return text;
  fits(text.length * Math.max(0, count));
  return text.repeat(Math.max(0, count));
}

function repeatedList(list: readonly unknown[], count: number): unknown[] {
  const times = list.length === 0 ? 0 : Math.max(0, count);
  charge(list.length * times);
  return Array.from({ length: times }, () => list).flat();
}

function numberIn(operator: string, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  throw new TemplateError(`"${operator}" cannot be used with ${describe(value)}`);
}

function calculated(operator: string, a: number, b: number): number {
  if (b === 0 && (operator === "/" || operator === "//" || operator === "%"))
    throw new TemplateError("division by zero");
  const result = byOperator(operator, a, b);
  if (Number.isFinite(result)) return result;
  throw new TemplateError(`the result of "${operator}" is no number that can be shown`);
}

function byOperator(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return Math.floor(a / b);
    case "%":
      return a - b * Math.floor(a / b);
    default:
      return a ** b;
  }
}

/** `-x` and `+x`. */
export function signed(operator: "-" | "+", value: unknown): number {
  const number = numberIn(operator, plain(value));
  return operator === "-" ? -number : number;
}

/** `a ~ b`. */
export function joined(left: unknown, right: unknown): string {
  const [a, b] = [textOf(left), textOf(right)];
  fits(a.length + b.length);
  return a + b;
}
