import { listOf, memberAt, pairsOf } from "../access.ts";
import { whole } from "../arguments.ts";
import { charge, fits } from "../limits.ts";
import { arithmetic, equal, order, plain, truth } from "../operators.ts";
import { TemplateError } from "../template-error.ts";
import { textOf } from "../text.ts";
import { describe, mark } from "../values.ts";
import { type Filter, filter } from "./filter.ts";

/** The members of what a filter is given, counted. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (value === null) throw new TemplateError("null is nothing to go through");
  const items = listOf(value);
  charge(items.length);
  return items;
}

/** What is looked at of a member: it, or what its attribute says; texts without regard to case unless that is asked for. */
function keyOf(attribute: unknown, caseSensitive: unknown): (item: unknown) => unknown {
  return (item) => {
    const value = plain(attribute === undefined || attribute === null ? item : memberAt(item, attribute));
    return typeof value === "string" && !truth(caseSensitive) ? value.toLowerCase() : value;
  };
}

/** Sorted by keys, what is equal in its order. */
function sorted(items: readonly unknown[], key: (item: unknown) => unknown, reverse: boolean): unknown[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => {
    charge(1);
    return reverse ? order(b.key, a.key) : order(a.key, b.key);
  });
  return keyed.map(({ item }) => item);
}

function sort(value: unknown, reverse: unknown, caseSensitive: unknown, attribute: unknown): unknown[] {
  const attributes = typeof attribute === "string" ? attribute.split(",") : [attribute];
  const keys = attributes.map((one) => keyOf(one, caseSensitive));
  const [first] = keys;
  const key =
    keys.length === 1 && first !== undefined ? first : (item: unknown) => keys.map((one) => one(item));
  return sorted(itemsOf(value), caseFolded(key, caseSensitive), truth(reverse));
}

/** Lists as keys, such as pairs of labels, are compared member by member. */
function caseFolded(key: (item: unknown) => unknown, caseSensitive: unknown): (item: unknown) => unknown {
  if (truth(caseSensitive)) return key;
  return (item) => {
    const value = key(item);
    return Array.isArray(value)
      ? value.map((each) => (typeof each === "string" ? each.toLowerCase() : each))
      : value;
  };
}

function dictSorted(
  value: unknown,
  caseSensitive: unknown,
  by: unknown = "key",
  reverse: unknown,
): unknown[] {
  if (by !== "key" && by !== "value") throw new TemplateError('dictsort is by "key" or by "value"');
  const pairs = pairsOf(value).map((pair) => [...pair]);
  charge(pairs.length);
  return sorted(pairs, keyOf(by === "key" ? 0 : 1, caseSensitive), truth(reverse));
}

function grouped(value: unknown, attribute: unknown, otherwise: unknown, caseSensitive: unknown): unknown[] {
  if (attribute === undefined) throw new TemplateError("groupby needs an attribute");
  const own = (item: unknown) => {
    const found = memberAt(item, attribute);
    return found === undefined ? otherwise : found;
  };
  const key = keyOf(undefined, caseSensitive);
  const groups: [unknown, unknown[]][] = [];
  let last: unknown;
  for (const item of sorted(itemsOf(value), (each) => key(own(each)), false)) {
    const now = key(own(item));
    const group = groups.at(-1);
    if (group !== undefined && equal(now, last)) group[1].push(item);
    else groups.push([own(item), [item]]);
    last = now;
  }
  for (const group of groups) mark(group, "group");
  return groups;
}

function joined(value: unknown, separator: unknown, attribute: unknown): string {
  const between = textOf(separator);
  const texts = itemsOf(value).map((item) => textOf(attribute == null ? item : memberAt(item, attribute)));
  fits(texts.reduce((sum, text) => sum + text.length + between.length, 0));
  return texts.join(between);
}

function length(value: unknown): number {
  if (typeof value === "number" || typeof value === "boolean" || value === null)
    throw new TemplateError(`${describe(value)} has no length`);
  return itemsOf(value).length;
}

function batched(value: unknown, count: unknown, fill: unknown): unknown[] {
  const size = whole("the size of batch", count);
  if (size < 1) throw new TemplateError("the size of batch must be at least 1");
  const items = itemsOf(value);
  if (fill !== undefined && fill !== null) charge(size);
  const batches: unknown[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  const last = batches.at(-1);
  if (fill !== undefined && fill !== null) while (last !== undefined && last.length < size) last.push(fill);
  return batches;
}

function sliced(value: unknown, count: unknown, fill: unknown): unknown[] {
  const columns = whole("the number of slices", count);
  if (columns < 1) throw new TemplateError("there must be at least 1 slice");
  const items = itemsOf(value);
  charge(columns);
  const each = Math.floor(items.length / columns);
  const larger = items.length % columns;
  let from = 0;
  return Array.from({ length: columns }, (_, at) => {
    const to = from + each + (at < larger ? 1 : 0);
    const part = items.slice(from, to);
    from = to;
    return fill !== undefined && fill !== null && at >= larger && larger > 0 ? [...part, fill] : part;
  });
}

function summed(value: unknown, attribute: unknown, start: unknown): unknown {
  return itemsOf(value).reduce<unknown>(
    (sum, item) => arithmetic("+", sum, attribute == null ? item : memberAt(item, attribute)),
    start ?? 0,
  );
}

function extreme(value: unknown, caseSensitive: unknown, attribute: unknown, sign: 1 | -1): unknown {
  const key = keyOf(attribute, caseSensitive);
  const [first, ...rest] = itemsOf(value);
  return rest.reduce((best, item) => (order(key(item), key(best)) * sign < 0 ? item : best), first);
}

function unique(value: unknown, caseSensitive: unknown, attribute: unknown): unknown[] {
  const key = keyOf(attribute, caseSensitive);
  const seen = new Set<unknown>();
  const kept: unknown[] = [];
  const complex: unknown[] = [];
  for (const item of itemsOf(value)) {
    const one = key(item);
    if (typeof one === "object" && one !== null) {
      charge(complex.length);
      if (complex.some((other) => equal(other, one))) continue;
      complex.push(one);
    } else if (seen.has(one)) continue;
    seen.add(one);
    kept.push(item);
  }
  return kept;
}

export const listFilters: Record<string, Filter> = {
  length: filter("length", [], length),
  count: filter("count", [], length),
  list: filter("list", [], (value) => [...itemsOf(value)]),
  items: filter("items", [], (value) => pairsOf(value).map((pair) => [...pair])),
  join: filter("join", ["d", "attribute"], joined),
  sort: filter("sort", ["reverse", "case_sensitive", "attribute"], sort),
  dictsort: filter("dictsort", ["case_sensitive", "by", "reverse"], dictSorted),
  groupby: filter("groupby", ["attribute", "default", "case_sensitive"], grouped),
  reverse: filter("reverse", [], (value) =>
    typeof value === "string" ? [...itemsOf(value)].reverse().join("") : [...itemsOf(value)].reverse(),
  ),
  batch: filter("batch", ["linecount", "fill_with"], batched),
  slice: filter("slice", ["slices", "fill_with"], sliced),
  sum: filter("sum", ["attribute", "start"], summed),
  max: filter("max", ["case_sensitive", "attribute"], (value, cased, by) => extreme(value, cased, by, -1)),
  min: filter("min", ["case_sensitive", "attribute"], (value, cased, by) => extreme(value, cased, by, 1)),
  unique: filter("unique", ["case_sensitive", "attribute"], unique),
};
