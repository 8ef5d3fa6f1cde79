import { z } from "zod";
import type { Json } from "../json.ts";
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
  /** The field that tells the members of a union apart: only one of them can have it as a default. */
  tag?: string;
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
      const tag = "discriminator" in def ? String(def.discriminator) : undefined;
      if (tag === undefined || !values.has(tag))
        return z.core.clone(node, { ...def, options: def.options.map(again) });
      return z.core.clone(node, { ...def, ...taggedUnion(def, tag, values, how) });
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

/** The union in which a value without the tag is meant for the member of its default, which the form shows first. */
function taggedUnion(
  def: z.core.$ZodUnionDef,
  tag: string,
  values: ReadonlyMap<string, Json>,
  how: How,
): object {
  const isMeant = (option: z.core.$ZodType): boolean =>
    fieldsOf(option)
      .get(tag)
      ?.some((field) => how.accepts(field, tag)) ?? false;
  const options = [...def.options].sort((a, b) => Number(isMeant(b)) - Number(isMeant(a)));
  return {
    options: options.map((option) => withFields(option, values, { ...how, tag })),
    // Zod looks a member up by its tag, and tries each only then.
    unionFallback: true,
  };
}

function withDefault(
  field: z.core.$ZodType,
  name: string,
  values: ReadonlyMap<string, Json>,
  how: How,
): z.core.$ZodType {
  const value = values.get(name);
  if (value === undefined) return field;
  const { def } = nodeOf(field)._zod;
  const bare = how.replaced.has(name) && def.type === "prefault" ? def.innerType : field;
  if (!how.accepts(field, name)) return how.tag === name ? bare : field;
  return z.prefault(bare, () => structuredClone(value));
}

function merged(maps: Map<string, z.core.$ZodType[]>[]): Map<string, z.core.$ZodType[]> {
  const all = new Map<string, z.core.$ZodType[]>();
  for (const [name, schemas] of maps.flatMap((map) => [...map]))
    all.set(name, [...(all.get(name) ?? []), ...schemas]);
  return all;
}
