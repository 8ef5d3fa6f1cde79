import { Labels, Moment, mark, type Named, named } from "./values.ts";

const { freeze, keys } = Object;

/**
 * A value of the context, as it came in JSON, in the form in which templates read it: objects without a prototype, marked ones as labels,
 * dates and objects with a page; everything frozen.
 */
export function decode(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) value[at] = decode(value[at]);
    return freeze(value);
  }
  const given = value as Readonly<Named>; // what JSON.parse makes otherwise
  return Object.hasOwn(given, "$") ? decodeMarked(given) : record(given);
}

function record(given: Readonly<Named>): Readonly<Named> {
  const members = named();
  for (const key of keys(given)) members[key] = decode(given[key]);
  return freeze(members);
}

function decodeMarked(given: Readonly<Named>): unknown {
  switch (given.$) {
    case "date":
      return freeze(new Moment(Number(given.v)));
    case "labels": {
      const values: Record<string, string> = Object.create(null); // filled right here
      const pairs = given.v as [string, string][]; // so the server encodes them
      for (const [name, value] of pairs) values[name] = value;
      return freeze(new Labels(freeze(keys(values)), freeze(values)));
    }
    case "headers": {
      const headers = record(given.v as Readonly<Named>);
      mark(headers, "headers");
      return headers;
    }
    case "thing": {
      const thing = record(given.v as Readonly<Named>);
      mark(thing, String(given.k));
      return thing;
    }
    default:
      return record(given.v as Readonly<Named>);
  }
}
