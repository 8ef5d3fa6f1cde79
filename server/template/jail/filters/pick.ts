import { member, memberAt } from "../access.ts";
import { bind, splitArguments } from "../arguments.ts";
import { applyFilter } from "../filters.ts";
import { plain, truth } from "../operators.ts";
import { TemplateError } from "../template-error.ts";
import { tests } from "../tests.ts";
import { type Filter, filter } from "./filter.ts";
import { itemsOf } from "./list.ts";

/** Those of the members of which a test holds, or does not; without a test, those that count as true. */
function picked(
  value: unknown,
  args: readonly unknown[],
  wanted: boolean,
  of: (item: unknown) => unknown,
): unknown[] {
  const [name, ...rest] = args;
  if (name === undefined) return itemsOf(value).filter((item) => truth(of(item)) === wanted);
  const test = typeof name === "string" && Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (test === undefined) throw new TemplateError(`there is no test ${JSON.stringify(name)}`);
  return itemsOf(value).filter((item) => test(plain(of(item)), rest) === wanted);
}

function pickedByAttribute(value: unknown, args: readonly unknown[], wanted: boolean): unknown[] {
  const [attribute, ...rest] = args;
  if (attribute === undefined) throw new TemplateError("the name of an attribute is missing");
  return picked(value, rest, wanted, (item) => memberAt(item, attribute));
}

function mapped(value: unknown, args: readonly unknown[]): unknown[] {
  const [placed, byName] = splitArguments(args);
  if ("attribute" in byName)
    return itemsOf(value).map((item) => {
      const found = memberAt(item, byName.attribute);
      return found === undefined ? byName.default : found;
    });
  const [name] = placed;
  if (typeof name !== "string") throw new TemplateError("map needs the name of a filter, or attribute=");
  return itemsOf(value).map((item) => applyFilter(name, item, args.slice(1)));
}

export const pickFilters: Record<string, Filter> = {
  default: (value, args) => defaulted("default", plain(value), args),
  d: (value, args) => defaulted("d", plain(value), args),
  first: filter("first", [], (value) => itemsOf(value)[0]),
  last: filter("last", [], (value) => itemsOf(value).at(-1)),
  attr: filter("attr", ["name"], (value, name) => member(value, name)),
  map: mapped,
  select: (value, args) => picked(value, args, true, (item) => item),
  reject: (value, args) => picked(value, args, false, (item) => item),
  selectattr: (value, args) => pickedByAttribute(value, args, true),
  rejectattr: (value, args) => pickedByAttribute(value, args, false),
};

/** What is given in the value's place may be undefined itself, so that another default can stand behind it. */
function defaulted(name: string, value: unknown, args: readonly unknown[]): unknown {
  const [otherwise, boolean = false] = bind(`the filter ${name}`, ["default_value", "boolean"], args);
  if (value !== undefined && !(truth(boolean) && !truth(value))) return value;
  const [placed, byName] = splitArguments(args);
  return placed.length > 0 || "default_value" in byName ? otherwise : "";
}
