import type { z } from "zod";
import { UnrepresentableInputType } from "./errors.ts";
import { innerSchemas, nodeOf } from "./zod-tree.ts";

const INSTEAD: Record<string, string> = {
  date: "use z.iso.datetime(), and .transform((text) => new Date(text)) where the code wants a Date",
  bigint: "use z.string(), and .transform((text) => BigInt(text)) where the code wants a bigint",
  map: "use z.record()",
  set: "use z.array()",
  symbol: "use z.string() or z.enum()",
  undefined: "use .optional() on the field, or z.null()",
  void: "use .optional() on the field, or z.null()",
  nan: "use z.number().nullable()",
  file: "use z.base64(), or send the place where the file is",
  function: "leave it out",
  custom: "use the schema of what is given, such as z.object() or z.string(), with .refine() for the test",
  transform: "put a schema of what is given in front of it: z.string().transform(…)",
};

/** Throws `UnrepresentableInputType` where a part of the schema has no JSON Schema on its input side, naming the part and what to use instead. */
export function checkRepresentable(schema: z.core.$ZodType): void {
  const seen = new Set<z.core.$ZodType>();
  const visit = (part: z.core.$ZodType, path: PropertyKey[]): void => {
    if (seen.has(part)) return;
    seen.add(part);
    const problem = problemOf(part);
    if (problem !== null) {
      const where = path.length === 0 ? "the input type itself" : `the part at ${path.map(String).join(".")}`;
      throw new UnrepresentableInputType(`${where} is ${problem}`, path);
    }
    for (const inner of innerSchemas(part)) {
      visit(inner.schema, inner.step === null ? path : [...path, inner.step]);
    }
  };
  visit(schema, []);
}

function problemOf(schema: z.core.$ZodType): string | null {
  const { def } = nodeOf(schema)._zod;
  const instead = INSTEAD[def.type];
  if (instead !== undefined) return `z.${def.type}(), which has no JSON Schema: ${instead}`;
  if (def.type !== "literal") return null;
  const odd = def.values.filter((value) => value === undefined || typeof value === "bigint");
  if (odd.length === 0) return null;
  const shown = odd.map((value) => (typeof value === "bigint" ? `${value}n` : "undefined")).join(", ");
  return `z.literal(${shown}), which has no JSON Schema: use a text, a number, a boolean or null`;
}
