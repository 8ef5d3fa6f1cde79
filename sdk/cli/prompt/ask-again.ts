import type { Issue } from "../../../core/error.ts";
import { branchFor } from "../../../core/form/branch.ts";
import { kindOf } from "../../../core/form/kind.ts";
import { resolve } from "../../../core/form/resolve.ts";
import { type FormValue, isFormObject, propertyOf, withProperty } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { issueLine } from "../../automation/issue-line.ts";
import { askValue, type Field } from "./ask-value.ts";
import type { Questions } from "./questions.ts";

/** Tells what was refused of a value and asks for those fields again; the rest stays as it is. */
export async function askAgain(
  questions: Questions,
  schema: JsonSchema,
  value: FormValue,
  issues: readonly Issue[],
): Promise<FormValue> {
  questions.complain(issues.map(issueLine).join("\n"));
  return again({ questions, root: schema, issues }, { schema, name: "", required: true, present: value }, []);
}

interface Again {
  questions: Questions;
  root: JsonSchema;
  issues: readonly Issue[];
}

/** Goes down to the fields that the refusals are about; where one is about the whole, the whole is asked for again. */
async function again(asking: Again, field: Field, path: readonly string[]): Promise<FormValue> {
  const { questions, root, issues } = asking;
  const here = issues.filter((issue) => path.every((step, at) => issue.path[at] === step));
  if (here.length === 0) return field.present;
  const schema = resolve(root, field.schema);
  if (schema === null) return undefined;
  const below = (name: string, inner: JsonSchema, present: FormValue, required = true) =>
    again(
      asking,
      { schema: inner, name: field.name === "" ? name : `${field.name}.${name}`, required, present },
      [...path, name],
    );
  const kind = kindOf(root, schema);
  const deeper = here.every((issue) => issue.path.length > path.length);
  if (kind.kind === "group" && deeper && isFormObject(field.present)) {
    const order = kind.properties.map(({ name }) => name);
    let value = field.present;
    for (const { name, schema: inner, required } of kind.properties)
      value = withProperty(value, name, await below(name, inner, propertyOf(value, name), required), order);
    // What is no field at all is taken out, since nobody can be asked for it.
    const strange = here
      .map((issue) => issue.path[path.length] ?? "")
      .filter((name) => !order.includes(name));
    return kind.others === null
      ? strange.reduce((rest, name) => withProperty(rest, name, undefined, order), value)
      : value;
  }
  if (kind.kind === "list" && deeper && Array.isArray(field.present)) {
    const items: FormValue[] = [];
    for (const [at, item] of field.present.entries()) items.push(await below(String(at), kind.items, item));
    return items;
  }
  const branch =
    kind.kind === "union" ? kind.branches[branchFor(root, kind.branches, field.present) ?? -1] : null;
  if (branch && deeper) return again(asking, { ...field, schema: branch.schema }, path);
  return askValue(questions, root, field);
}
