import type { JsonObject } from "../json.ts";
import { compilePattern } from "../json-schema/regular-expression.ts";
import type { JsonSchema } from "../json-schema/schema.ts";
import { branchFor } from "./branch.ts";
import { type FieldKind, kindOf } from "./kind.ts";
import { resolve } from "./resolve.ts";
import { type FormObject, type FormValue, propertyOf, withProperty } from "./value.ts";

const MAX_DEPTH = 24;

/** What the whole form starts from: the defaults, and for what must be given whatever an untouched field shows. */
export function startOf(schema: JsonSchema): FormValue {
  return startOfField(schema, schema, { required: true });
}

interface Need {
  /** Whether it must be there: an optional field without a default starts as not given. */
  required: boolean;
  depth?: number;
}

export function startOfField(root: JsonSchema, schema: JsonSchema, { required, depth = 0 }: Need): FormValue {
  const resolved = resolve(root, schema);
  if (resolved === null || depth > MAX_DEPTH) return undefined;
  const { default: given } = resolved;
  // A default comes before those inside it, which fill in only what it leaves out.
  if (given !== undefined) return filledIn(root, schema, structuredClone(given), depth + 1);
  if (!required) return undefined;
  return startOfKind(root, resolved, kindOf(root, resolved), depth + 1);
}

function startOfKind(root: JsonSchema, schema: JsonObject, kind: FieldKind, depth: number): FormValue {
  switch (kind.kind) {
    case "constant":
      return kind.value;
    case "choice":
      return kind.choices.length === 1 ? kind.choices[0]?.value : undefined;
    case "switch":
      return false;
    case "text":
      return emptyText(schema);
    case "none":
      return null;
    case "choices":
      return [];
    case "list":
      return Array.from({ length: Math.min(kind.fewest, 20) }, () =>
        startOfField(root, kind.items, { required: true, depth }),
      );
    case "tuple":
      return kind.items.map((item) => startOfField(root, item, { required: true, depth }));
    case "group":
      return kind.properties.reduce<FormObject>((value, property) => {
        const inner = startOfField(root, property.schema, { required: property.required, depth });
        return withProperty(value, property.name, inner, []);
      }, {});
    case "record":
      return {};
    case "union": {
      const none = kind.branches.some(({ schema: branch }) => branch.type === "null");
      const [first] = kind.branches;
      return none || first === undefined ? null : startOfField(root, first.schema, { required: true, depth });
    }
    case "number":
    case "json":
      return undefined;
  }
}

/** Text that nobody typed: the empty text where the schema takes it, and otherwise not given. */
export function emptyText(schema: JsonObject): "" | undefined {
  const { format, minLength, pattern } = schema;
  const takesEmpty =
    (format === undefined || format === "password") &&
    !(typeof minLength === "number" && minLength > 0) &&
    (typeof pattern !== "string" || compilePattern(pattern).test(""));
  return takesEmpty ? "" : undefined;
}

/** The value with the defaults of what it leaves out, however deep. */
function filledIn(root: JsonSchema, schema: JsonSchema, value: FormValue, depth: number): FormValue {
  const resolved = resolve(root, schema);
  if (resolved === null || depth > MAX_DEPTH || typeof value !== "object" || value === null) return value;
  const kind = kindOf(root, resolved);
  switch (kind.kind) {
    case "group": {
      const order = kind.properties.map(({ name }) => name);
      return kind.properties.reduce<FormValue>((filled, { name, schema: inner }) => {
        const given = propertyOf(filled, name);
        const next =
          given === undefined
            ? startOfField(root, inner, { required: false, depth })
            : filledIn(root, inner, given, depth + 1);
        return next === given ? filled : withProperty(filled, name, next, order);
      }, value);
    }
    case "list":
      return Array.isArray(value) ? value.map((item) => filledIn(root, kind.items, item, depth + 1)) : value;
    case "union": {
      const branch = kind.branches[branchFor(root, kind.branches, value) ?? -1];
      return branch === undefined ? value : filledIn(root, branch.schema, value, depth + 1);
    }
    default:
      return value;
  }
}
