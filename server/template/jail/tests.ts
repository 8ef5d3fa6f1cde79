import { whole } from "./arguments.ts";
import { numberOf } from "./filters/number.ts";
import { filters } from "./filters.ts";
import { contains, equal, order } from "./operators.ts";
import { Callable, isRecord, Labels, Moment } from "./values.ts";

type Test = (value: unknown, args: readonly unknown[]) => boolean;

const isNumber = (value: unknown): value is number => typeof value === "number";
const same: Test = (value, [other]) => equal(value, other);
const isList = (value: unknown) => Array.isArray(value) || typeof value === "string";
const isMapping = (value: unknown) => value instanceof Labels || isRecord(value);

/** The tests of `is`, by name. */
export const tests: Readonly<Record<string, Test>> = {
  defined: (value) => value !== undefined,
  undefined: (value) => value === undefined,
  none: (value) => value === null,
  None: (value) => value === null,
  string: (value) => typeof value === "string",
  number: (value) => isNumber(value) || typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  float: (value) => isNumber(value) && !Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  mapping: isMapping,
  sequence: (value) => isList(value) || isMapping(value),
  iterable: (value) => isList(value) || isMapping(value) || value === undefined,
  true: (value) => value === true,
  false: (value) => value === false,
  True: (value) => value === true,
  False: (value) => value === false,
  odd: (value) => Math.abs(numberOf("is odd", value) % 2) === 1,
  even: (value) => numberOf("is even", value) % 2 === 0,
  divisibleby: (value, [by]) => numberOf("is divisibleby", value) % whole("the divisor", by) === 0,
  eq: same,
  equalto: same,
  "==": same,
  "!=": (value, [other]) => !equal(value, other),
  "<": (value, [other]) => order(value, other) < 0,
  "<=": (value, [other]) => order(value, other) <= 0,
  ">": (value, [other]) => order(value, other) > 0,
  ">=": (value, [other]) => order(value, other) >= 0,
  ne: (value, [other]) => !equal(value, other),
  lt: (value, [other]) => order(value, other) < 0,
  lessthan: (value, [other]) => order(value, other) < 0,
  le: (value, [other]) => order(value, other) <= 0,
  gt: (value, [other]) => order(value, other) > 0,
  greaterthan: (value, [other]) => order(value, other) > 0,
  ge: (value, [other]) => order(value, other) >= 0,
  in: (value, [container]) => contains(container, value),
  sameas: (value, [other]) => value === other,
  lower: (value) =>
    typeof value === "string" && value === value.toLowerCase() && value !== value.toUpperCase(),
  upper: (value) =>
    typeof value === "string" && value === value.toUpperCase() && value !== value.toLowerCase(),
  date: (value) => value instanceof Moment,
  filter: (value) => typeof value === "string" && Object.hasOwn(filters, value),
  test: (value) => typeof value === "string" && Object.hasOwn(tests, value),
  callable: (value) => value instanceof Callable,
};
