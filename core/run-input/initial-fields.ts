import { z } from "zod";
import type { Json } from "../json.ts";
import { UnsuitableInputType } from "./errors.ts";
import { inputSide, nodeOf } from "./zod-tree.ts";

/** The fields of an object type, each with its schemas: one, or one of each member of a union that has it. */
export function fieldsOf(schema: z.core.$ZodType): Map<string, z.core.$ZodType[]> {
  const { def } = nodeOf(schema)._zod;
  switch (def.type) {
    case "object":
      return new Map(Object.entries(def.shape).map(([name, field]) => [name, [field]]));
    case "union":
      return merged(def.options.map(fieldsOf));
    case "intersection":
      return merged([fieldsOf(def.left), fieldsOf(def.right)]);
    case "pipe":
      return fieldsOf(inputSide(def));
    case "lazy":
      return fieldsOf(def.getter());
    case "default":
    case "prefault":
    case "nonoptional":
    case "catch":
    case "readonly":
    case "promise":
      return fieldsOf(def.innerType);
    default:
      return new Map();
  }
}

interface How {
  /** Fields whose outermost default is initial data given before. */
  replaced: ReadonlySet<string>;
  accepts: (field: z.core.$ZodType, name: string) => boolean;
}

/** A copy of an object type in which these fields have defaults on the input side; all other rules of it stay. */
export function withFields(
  schema: z.core.$ZodType,
  values: ReadonlyMap<string, Json>,
  how: How,
): z.core.$ZodType {
  const node = nodeOf(schema);
  const again = (inner: z.core.$ZodType): z.core.$ZodType => withFields(inner, values, how);
  const { def } = node._zod;
  switch (def.type) {
    case "object": {
      const shape = Object.fromEntries(
        Object.entries(def.shape).map(([name, field]) => [name, withDefault(field, name, values, how)]),
      );
      return z.core.clone(node, { ...def, shape });
    }
    case "union": {
      const tag = "discriminator" in def ? String(def.discriminator) : null;
      if (tag !== null && values.has(tag)) {
        throw new UnsuitableInputType(
          `${JSON.stringify(tag)} tells the members of the union apart and can have no initial data`,
        );
      }
      return z.core.clone(node, { ...def, options: def.options.map(again) });
    }
    case "intersection":
      return z.core.clone(node, { ...def, left: again(def.left), right: again(def.right) });
    case "pipe": {
      const side = inputSide(def) === def.in ? { in: again(def.in) } : { out: again(def.out) };
      return z.core.clone(node, { ...def, ...side });
    }
    case "lazy":
      return again(def.getter());
    case "default":
    case "prefault":
    case "nonoptional":
    case "catch":
    case "readonly":
    case "promise":
      return z.core.clone(node, { ...def, innerType: again(def.innerType) });
    default:
      return schema;
  }
}

function withDefault(
  field: z.core.$ZodType,
  name: string,
  values: ReadonlyMap<string, Json>,
  how: How,
): z.core.$ZodType {
  const value = values.get(name);
  if (value === undefined || !how.accepts(field, name)) return field;
  const { def } = nodeOf(field)._zod;
  const bare = how.replaced.has(name) && def.type === "prefault" ? def.innerType : field;
  return z.prefault(bare, () => structuredClone(value));
}

function merged(maps: Map<string, z.core.$ZodType[]>[]): Map<string, z.core.$ZodType[]> {
  const all = new Map<string, z.core.$ZodType[]>();
  for (const [name, schemas] of maps.flatMap((map) => [...map]))
    all.set(name, [...(all.get(name) ?? []), ...schemas]);
  return all;
}
