import { z } from "zod";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject, toJson } from "../json.ts";
import { besideTarget, joinRefinements, REFINEMENTS } from "../json-schema/refinement.ts";
import { DIALECT, mapRefs, own } from "../json-schema/schema.ts";
import { declaredRefinements } from "./declared-refinements.ts";
import { UnrepresentableInputType, UnsuitableInputType } from "./errors.ts";
import { openIntersections } from "./intersection.ts";
import { textOfPattern } from "./pattern.ts";
import { checkRepresentable } from "./representable.ts";
import { nodeOf } from "./zod-tree.ts";

/** Formats by which Zod marks a pattern of its own; they tell nothing to others. */
const NO_FORMATS = ["starts_with", "ends_with", "includes", "lowercase", "uppercase", "regex"];

/**
 * The JSON Schema (draft 2020-12) of what is given for a type, with the fields in their order. Objects take no unknown fields, unless
 * the author said so. Throws `UnrepresentableInputType` for a part that has no JSON Schema.
 */
export function messageSchema(schema: z.core.$ZodType): JsonObject {
  checkRepresentable(schema);
  return openIntersections(inlineRoot(convert(schema, true)));
}

/** The same without refinements, for the identity: an intersection with them comes out in another form. */
export function unrefinedSchema(schema: z.core.$ZodType): JsonObject {
  return openIntersections(inlineRoot(convert(schema, false)));
}

/** The schema of an object of the one field `value`. References to the whole lead to that field then. */
export function wrapSchema(bare: JsonObject, required: boolean): JsonObject {
  const { $schema: _, $defs, ...value } = rebase(bare, "#", "#/properties/value");
  return {
    $schema: DIALECT,
    type: "object",
    properties: { value },
    ...(required ? { required: ["value"] } : {}),
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
  };
}

function convert(schema: z.core.$ZodType, refined: boolean): JsonObject {
  let made: unknown;
  try {
    made = z.toJSONSchema(schema, {
      io: "input",
      override: ({ zodSchema, jsonSchema }) => {
        closeObject(zodSchema, jsonSchema);
        keepCheckable(zodSchema, jsonSchema);
        nameTime(zodSchema, jsonSchema);
        liftDefault(zodSchema, jsonSchema);
        if (refined) addRefinements(zodSchema, jsonSchema);
      },
    });
  } catch (error) {
    if (error instanceof UnsuitableInputType) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes("Duplicate schema id")) throw new UnsuitableInputType(message);
    throw new UnrepresentableInputType(`the input type has no JSON Schema: ${message}`, []);
  }
  const json = toJson(made);
  if (json.ok && isJsonObject(json.value)) return json.value;
  throw new UnrepresentableInputType(
    `the input type has no JSON Schema: ${json.ok ? "it is no object" : json.message}`,
    [],
  );
}

type Emitted = z.core.JSONSchema.BaseSchema;

function closeObject(schema: z.core.$ZodType, json: Emitted): void {
  const { def } = nodeOf(schema)._zod;
  if (def.type === "object" && def.catchall === undefined && json.$ref === undefined)
    json.additionalProperties ??= false;
}

// What stands for a missing value is the default of the first member that takes one, as it is for Zod.
function liftDefault(schema: z.core.$ZodType, json: Emitted): void {
  const { def } = nodeOf(schema)._zod;
  if (def.type !== "nullable" && (def.type !== "union" || "discriminator" in def)) return;
  const options = def.type === "union" ? def.options : [def.innerType];
  const member = json.anyOf?.[options.findIndex((option) => option._zod.optin !== undefined)];
  if (member?.default !== undefined) json.default ??= member.default;
}

// A wrapper such as readonly() has taken over those of what it wraps.
function addRefinements(schema: z.core.$ZodType, json: Emitted): void {
  const declared = declaredRefinements(schema);
  if (declared.length === 0) return;
  const inner = json[REFINEMENTS];
  json[REFINEMENTS] = joinRefinements<unknown>(Array.isArray(inner) ? inner : [], declared);
}

// A pattern whose flags JSON Schema cannot say would refuse what the type takes.
function keepCheckable(schema: z.core.$ZodType, json: Emitted): void {
  if (json.format !== undefined && NO_FORMATS.includes(json.format)) delete json.format;
  const { def } = nodeOf(schema)._zod;
  if (def.type !== "string") return;
  const dropped = (def.checks ?? [])
    .map((check) => patternOf(check._zod.def))
    .concat(patternOf(def))
    .filter((pattern) => pattern !== null && textOfPattern(pattern) === null)
    .map((pattern) => pattern?.source);
  if (dropped.length === 0) return;
  if (dropped.includes(json.pattern)) delete json.pattern;
  if (json.allOf === undefined) return;
  json.allOf = json.allOf.filter((member) => !dropped.includes(member.pattern));
  if (json.allOf.length === 0) delete json.allOf;
}

// Zod leaves it out, since its times have no offset; the pattern beside it is what is checked.
function nameTime(schema: z.core.$ZodType, json: Emitted): void {
  const { def } = nodeOf(schema)._zod;
  if (def.type !== "string" || json.format !== undefined) return;
  const kinds = [def, ...(def.checks ?? []).map((check) => check._zod.def)];
  if (kinds.some((kind) => "format" in kind && kind.format === "time")) json.format = "time";
}

function patternOf(def: object): RegExp | null {
  return "pattern" in def && def.pattern instanceof RegExp ? def.pattern : null;
}

// A root that has a name comes out as a reference to its definition.
function inlineRoot(json: JsonObject): JsonObject {
  let root = json;
  for (let turns = 0; turns < 64 && typeof root.$ref === "string" && root.$ref !== "#"; turns += 1) {
    const { $ref, $defs, $schema, ...beside } = root;
    const name = Object.keys(isJsonObject($defs) ? $defs : {}).find((key) => refTo(key) === $ref);
    if (name === undefined || !isJsonObject($defs)) break;
    const target = own($defs, name);
    if (!isJsonObject(target)) break;
    const others = Object.entries($defs).filter(([key]) => key !== name);
    const whole: JsonObject = {
      ...($schema === undefined ? {} : { $schema }),
      ...besideTarget(target, beside),
      ...(others.length === 0 ? {} : { $defs: Object.fromEntries(others) }),
    };
    root = rebase(whole, refTo(name), "#");
  }
  return root;
}

function refTo(name: string): string {
  return `#/$defs/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function rebase(schema: JsonObject, from: string, to: string): JsonObject {
  const moved: Json = mapRefs(schema, (ref) => (ref === from ? to : ref));
  return isJsonObject(moved) ? moved : schema;
}
