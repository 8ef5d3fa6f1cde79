import { z } from "zod";
import { describeValue } from "../document/describe-value.ts";
import { isPlainObject, type Json, toJson } from "../json.ts";
import { type CheckResult, compileCheck } from "../json-schema/check-value.ts";
import { checkIsInputType } from "./check-type.ts";
import { type InputIssue, InputValidationError, UnsuitableInputType } from "./errors.ts";
import { fieldsOf, withFields } from "./initial-fields.ts";
import { messageSchema } from "./input-schema.ts";
import { isObjectType } from "./root-kind.ts";
import { isRunInputClass } from "./run-input-brand.ts";
import { nodeOf } from "./zod-tree.ts";

/** What a type was made from, and what it was given besides. */
export interface InitialData {
  origin: z.core.$ZodType;
  /** The fields that have initial data; of what is no object, `value`. */
  fields: readonly string[];
  /** Markdown, or null where there is none. */
  description: string | null;
}

const made = new WeakMap<z.core.$ZodType, InitialData>();

/** What `withInitialData` gave this schema, or the one it is a `.describe()`, `.meta()` or `.refine()` of; null for any other. */
export function initialDataOf(schema: z.core.$ZodType): InitialData | null {
  const data = made.get(schema);
  if (data !== undefined) return data;
  const parent = schema._zod.parent;
  return parent === undefined ? null : initialDataOf(parent);
}

/**
 * A new schema of the same identity, with these defaults and this Markdown description for the form. A field with a default is no longer
 * required and keeps its declared type. May be applied again: the later data win. Throws `InputValidationError` for an unknown field and
 * for a default that the schema refuses.
 */
export function withInitialData<S extends z.ZodType>(
  schema: S,
  defaults: z.input<S> | Partial<z.input<S>>,
  options: { description?: string } = {},
): S {
  checkIsSchema(schema);
  checkDescription(options.description);
  const earlier = initialDataOf(schema);
  const data = isObjectType(schema)
    ? objectWith(schema, earlier, defaults)
    : { schema: valueWith(schema, earlier, defaults), fields: ["value"] };
  made.set(data.schema, {
    origin: earlier?.origin ?? schema,
    fields: [...new Set([...(earlier?.fields ?? []), ...data.fields])],
    description:
      options.description === undefined ? (earlier?.description ?? null) : options.description || null,
  });
  const { id: _, ...meta } = z.globalRegistry.get(schema) ?? {};
  if (Object.keys(meta).length > 0) z.globalRegistry.add(data.schema, meta);
  // The same schema but for defaults on the input side, which S does not tell: a given value of S is still one.
  return data.schema as z.core.$ZodType as S;
}

function checkIsSchema(given: unknown): void {
  if (isRunInputClass(given)) {
    throw new UnsuitableInputType(
      "withInitialData takes a schema; a class that RunInput made has a method of that name",
    );
  }
  checkIsInputType(given);
}

function checkDescription(given: unknown): void {
  if (given === undefined || typeof given === "string") return;
  throw new UnsuitableInputType(
    `withInitialData: the description is a text of Markdown, not ${describeValue(given)}`,
  );
}

function objectWith(
  schema: z.core.$ZodType,
  earlier: InitialData | null,
  defaults: unknown,
): { schema: z.core.$ZodType; fields: string[] } {
  const json = toJson(defaults);
  if (!isPlainObject(defaults) || !json.ok || !isPlainObject(json.value)) {
    const message = json.ok ? "initial data of an object are an object of its fields" : json.message;
    throw refused(defaults, [{ path: json.ok ? [] : json.path, message }]);
  }
  const known = [...fieldsOf(schema).keys()];
  const unknown = Object.keys(json.value).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    const has = known.length > 0 ? `its fields are ${known.join(", ")}` : "it has no fields";
    throw refused(
      defaults,
      unknown.map((field) => ({
        path: [field],
        message: `${JSON.stringify(field)} is no field of the type; ${has}`,
      })),
    );
  }
  const values = new Map(Object.entries(json.value));
  const accepts = (field: z.core.$ZodType, name: string): boolean =>
    issuesOf(field, values.get(name)).length === 0;
  const issues = [...fieldsOf(schema)].flatMap(([name, variants]): InputIssue[] => {
    if (!values.has(name) || variants.some((field) => accepts(field, name))) return [];
    const [first] = variants;
    return first === undefined ? [] : issuesOf(first, values.get(name)).map((issue) => under(name, issue));
  });
  if (issues.length > 0) throw refused(defaults, issues);
  const replaced = new Set(earlier?.fields ?? []);
  return { schema: withFields(schema, values, { replaced, accepts }), fields: [...values.keys()] };
}

function valueWith(schema: z.core.$ZodType, earlier: InitialData | null, value: unknown): z.core.$ZodType {
  const json = toJson(value);
  if (!json.ok) throw refused(value, [{ path: json.path, message: json.message }]);
  const { def } = nodeOf(schema)._zod;
  const bare = earlier !== null && def.type === "prefault" ? def.innerType : schema;
  const issues = issuesOf(bare, json.value);
  if (issues.length > 0) throw refused(value, issues);
  return z.prefault(bare, () => structuredClone(json.value));
}

function issuesOf(schema: z.core.$ZodType, value: Json | undefined): readonly InputIssue[] {
  const checked: CheckResult = compileCheck(messageSchema(schema))(value);
  if (!checked.ok) return checked.issues;
  try {
    return z.safeParse(schema, value).error?.issues ?? [];
  } catch (error) {
    // An asynchronous refinement is left to the answer.
    if (error instanceof z.core.$ZodAsyncError) return [];
    throw error;
  }
}

function under(name: string, issue: InputIssue): InputIssue {
  return { path: [name, ...issue.path], message: issue.message };
}

function refused(defaults: unknown, issues: readonly InputIssue[]): InputValidationError {
  return InputValidationError.of("the initial data", defaults, issues);
}
