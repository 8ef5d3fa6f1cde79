import type { z } from "zod";

/** A Zod schema as its kinds tell it apart. */
export type ZodNode = z.core.$ZodTypes;

/** The schema as one of the known kinds. */
export function nodeOf(schema: z.core.$ZodType): ZodNode {
  // Every schema that Zod makes is one of these; $ZodType is only their common head.
  return schema as ZodNode;
}

/** A schema directly inside another, on the side that is given (the input). `step` leads to it in the value; null stays at the place. */
export interface Inner {
  step: PropertyKey | null;
  schema: z.core.$ZodType;
}

/** The schemas directly inside this one on the input side. `[]` is the item of an array, `{}` a key or value of a record. */
export function innerSchemas(schema: z.core.$ZodType): Inner[] {
  const { def } = nodeOf(schema)._zod;
  const same = (inner: z.core.$ZodType): Inner => ({ step: null, schema: inner });
  switch (def.type) {
    case "object": {
      const fields = Object.entries(def.shape).map(([step, field]): Inner => ({ step, schema: field }));
      return def.catchall === undefined ? fields : [...fields, { step: "{}", schema: def.catchall }];
    }
    case "array":
      return [{ step: "[]", schema: def.element }];
    case "tuple": {
      const items = def.items.map((item, step): Inner => ({ step, schema: item }));
      return def.rest === null ? items : [...items, { step: "[]", schema: def.rest }];
    }
    case "record":
      return [
        { step: "{}", schema: def.keyType },
        { step: "{}", schema: def.valueType },
      ];
    case "union":
      return def.options.map(same);
    case "intersection":
      return [same(def.left), same(def.right)];
    case "pipe":
      return [same(inputSide(def))];
    case "lazy":
      return [same(def.getter())];
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "catch":
    case "readonly":
    case "success":
    case "promise":
      return [same(def.innerType)];
    default:
      return [];
  }
}

/** The side of a pipe that describes what is given: of `z.preprocess` the schema behind the function. */
export function inputSide(pipe: z.core.$ZodPipeDef): z.core.$ZodType {
  return nodeOf(pipe.in)._zod.def.type === "transform" ? pipe.out : pipe.in;
}
