import { Loop, listOf, member, pairsOf } from "./access.ts";
import { bind, splitArguments, whole } from "./arguments.ts";
import { shownIn } from "./dates.ts";
import { capitalized, centered, replaced, stripped } from "./filters/text.ts";
import { bySpec } from "./format-spec.ts";
import { charge, fits } from "./limits.ts";
import { pythonIso } from "./moment-text.ts";
import { equal, plain } from "./operators.ts";
import { strftime } from "./strftime.ts";
import { TemplateError } from "./template-error.ts";
import { textOf } from "./text.ts";
import { Cycler, describe, isRecord, Labels, Moment, Namespace, Roles } from "./values.ts";

type Method<Of> = (it: Of, args: readonly unknown[]) => unknown;
type Methods<Of> = Readonly<Record<string, Method<Of>>>;

const one =
  (apply: (text: string) => unknown): Method<string> =>
  (text, args) => {
    bind("this method", [], args);
    return apply(text);
  };

const taking =
  (parameters: readonly string[], apply: (text: string, ...args: unknown[]) => unknown): Method<string> =>
  (text, args) =>
    apply(text, ...bind("this method", parameters, args));

const texts: Methods<string> = {
  upper: one((text) => text.toUpperCase()),
  lower: one((text) => text.toLowerCase()),
  casefold: one((text) => text.toLowerCase()),
  capitalize: one(capitalized),
  // Unlike the filter's, these words begin behind whatever is no letter.
  title: one((text) => text.replace(/\p{L}+/gu, capitalized)),
  swapcase: one((text) =>
    [...text].map((each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join(""),
  ),
  strip: taking(["chars"], (text, characters) => stripped(text, characters)),
  lstrip: taking(["chars"], (text, characters) => stripped(text, characters, "start")),
  rstrip: taking(["chars"], (text, characters) => stripped(text, characters, "end")),
  removeprefix: taking(["prefix"], (text, prefix) =>
    text.startsWith(textOf(prefix)) ? text.slice(textOf(prefix).length) : text,
  ),
  removesuffix: taking(["suffix"], (text, suffix) =>
    textOf(suffix) !== "" && text.endsWith(textOf(suffix)) ? text.slice(0, -textOf(suffix).length) : text,
  ),
  split: taking(["sep", "maxsplit"], (text, separator, most) => splitText(text, separator, most)),
  rsplit: taking(["sep", "maxsplit"], (text, separator, most) => {
    const parts = splitText(text, separator, -1);
    const count = whole("maxsplit", most, -1);
    if (count < 0 || parts.length <= count + 1) return parts;
    const kept = parts.length - count;
    return [parts.slice(0, kept).join(separator == null ? " " : textOf(separator)), ...parts.slice(kept)];
  }),
  partition: taking(["sep"], (text, sep) => parted(text, sep, (one) => text.indexOf(one)) ?? [text, "", ""]),
  rpartition: taking(
    ["sep"],
    (text, sep) => parted(text, sep, (one) => text.lastIndexOf(one)) ?? ["", "", text],
  ),
  splitlines: taking(["keepends"], (text) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"))),
  replace: taking(["old", "new", "count"], (text, from, to, count) => replaced(text, from, to, count)),
  startswith: taking(["prefix"], (text, prefix) => among(prefix).some((each) => text.startsWith(each))),
  endswith: taking(["suffix"], (text, suffix) => among(suffix).some((each) => text.endsWith(each))),
  find: taking(["sub"], (text, sub) => text.indexOf(textOf(sub))),
  rfind: taking(["sub"], (text, sub) => text.lastIndexOf(textOf(sub))),
  count: taking(["sub"], (text, sub) =>
    textOf(sub) === "" ? text.length + 1 : text.split(textOf(sub)).length - 1,
  ),
  join: taking(["iterable"], (text, items) => {
    const parts = listOf(items).map(textOf);
    fits(parts.reduce((sum, part) => sum + part.length + text.length, 0));
    return parts.join(text);
  }),
  isdigit: one((text) => /^\d+$/.test(text)),
  isnumeric: one((text) => /^\p{N}+$/u.test(text)),
  isalpha: one((text) => /^\p{L}+$/u.test(text)),
  isalnum: one((text) => /^[\p{L}\p{N}]+$/u.test(text)),
  isspace: one((text) => /^\s+$/.test(text)),
  isupper: one((text) => text === text.toUpperCase() && text !== text.toLowerCase()),
  islower: one((text) => text === text.toLowerCase() && text !== text.toUpperCase()),
  center: taking(["width"], (text, width) => centered(text, whole("the width", width))),
  ljust: taking(["width"], (text, width) => padded(text, width, false)),
  rjust: taking(["width"], (text, width) => padded(text, width, true)),
  zfill: taking(["width"], (text, width) => {
    const columns = whole("the width", width);
    fits(columns);
    const sign = /^[+-]/.exec(text)?.[0] ?? "";
    return sign + text.slice(sign.length).padStart(columns - sign.length, "0");
  }),
  format: (text, args) => braces(text, ...splitArguments(args)),
};

function padded(text: string, width: unknown, left: boolean): string {
  const columns = whole("the width", width);
  fits(columns);
  return left ? text.padStart(columns) : text.padEnd(columns);
}

/** What stands before a separator, it, and the rest; null where it is not there. */
function parted(text: string, separator: unknown, find: (one: string) => number): string[] | null {
  const one = textOf(separator);
  if (one === "") throw new TemplateError("a text cannot be split at an empty one");
  const at = find(one);
  return at < 0 ? null : [text.slice(0, at), one, text.slice(at + one.length)];
}

function among(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

function splitText(text: string, separator: unknown, most: unknown): string[] {
  const count = whole("maxsplit", most, -1);
  if (separator === "") throw new TemplateError("a text cannot be split at an empty one");
  if (separator === undefined || separator === null) {
    const parts = text.trim() === "" ? [] : text.trim().split(/\s+/);
    return count < 0 || parts.length <= count + 1
      ? parts
      : [...parts.slice(0, count), parts.slice(count).join(" ")];
  }
  const parts = text.split(textOf(separator));
  return count < 0
    ? parts
    : [
        ...parts.slice(0, count),
        ...(parts.length > count ? [parts.slice(count).join(textOf(separator))] : []),
      ];
}

/** `"{} {name}".format(…)`, without what reaches into the values. */
function braces(text: string, placed: readonly unknown[], byName: Readonly<Record<string, unknown>>): string {
  let next = 0;
  let length = text.length;
  return text.replace(
    /\{\{|\}\}|\{(\w{0,60})(?::([^{}]{0,60}))?\}|[{}]/g,
    (whole, name?: string, spec = "") => {
      if (whole === "{{" || whole === "}}") return whole.charAt(0);
      if (name === undefined)
        throw new TemplateError(`the format ${JSON.stringify(text.slice(0, 60))} is not understood`);
      const key = name;
      const value = key === "" ? placed[next++] : /^\d+$/.test(key) ? placed[Number(key)] : byName[key];
      if (value === undefined) throw new TemplateError(`there is no value for ${whole}`);
      const shown = bySpec(value, spec);
      length += shown.length;
      fits(length);
      return shown;
    },
  );
}

const lists: Methods<readonly unknown[]> = {
  index(list, [item]) {
    const at = list.findIndex((each) => equal(each, item));
    if (at < 0) throw new TemplateError("the list has no such member");
    return at;
  },
  count: (list, [item]) => list.filter((each) => equal(each, item)).length,
};

const records: Methods<unknown> = {
  items: (it) => pairsOf(it).map((pair) => [...pair]),
  keys: (it) => pairsOf(it).map(([key]) => key),
  values: (it) => pairsOf(it).map(([, value]) => value),
  get(it, [key, otherwise = null]) {
    if (typeof key === "string" && it instanceof Labels && it.prefix === "" && key in it.values)
      return it.values[key];
    const found = member(it, key);
    return found === undefined ? otherwise : found;
  },
};

const moments: Methods<Moment> = {
  isoformat: (moment) => pythonIso(moment),
  strftime: (moment, [format]) => strftime(moment, textOf(format)),
  date: (moment) => new Moment(moment.time, moment.offset, moment.zone, true),
  timestamp: (moment) => moment.time / 1000,
  astimezone: (moment, [zone]) => shownIn(moment, zone ?? "UTC"),
};

const loops: Methods<Loop> = {
  cycle({ state }, items) {
    if (items.length === 0) throw new TemplateError("loop.cycle needs something to go through");
    return items[state.at % items.length];
  },
  changed({ state }, values) {
    const same = state.changed !== undefined && equal(state.changed, values);
    state.changed = values;
    return !same;
  },
};

const cyclers: Methods<Cycler> = {
  next(cycler) {
    const item = cycler.items[cycler.position % cycler.items.length];
    cycler.position += 1;
    return item;
  },
  reset(cycler) {
    cycler.position = 0;
    return undefined;
  },
};

const changing = [
  "append",
  "extend",
  "insert",
  "remove",
  "pop",
  "clear",
  "update",
  "setdefault",
  "popitem",
  "sort",
  "reverse",
];

/** Calls a method by its name: one of these, and nothing else. */
export function callMethod(target: unknown, key: unknown, args: readonly unknown[]): unknown {
  const it = plain(target);
  const name = typeof key === "string" ? key : "";
  if (it === undefined || it === null) throw new TemplateError(`${name} of ${describe(it)} cannot be called`);
  if (typeof it === "string") {
    charge(it.length);
    return method(texts, it, name, args);
  }
  if (Array.isArray(it)) {
    charge(it.length);
    return method(lists, it, name, args);
  }
  if (it instanceof Moment) return method(moments, it, name, args);
  if (it instanceof Loop) return method(loops, it, name, args);
  if (it instanceof Cycler) return method(cyclers, it, name, args);
  if (it instanceof Labels || it instanceof Namespace || it instanceof Roles || isRecord(it))
    return method(records, it, name, args);
  throw new TemplateError(`${describe(it)} has no methods`);
}

function method<Of>(table: Methods<Of>, it: Of, name: string, args: readonly unknown[]): unknown {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found(it, args);
  const why = changing.includes(name) ? "; a template cannot change what it is given" : "";
  throw new TemplateError(`${describe(it)} has no method ${name}${why}`);
}
