import { type FieldKind, kindOf } from "../../../core/form/kind.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

/** Whether a field consists of others, or of several controls, and so is a group to assistive technology. */
export function isComposite({ kind }: FieldKind): boolean {
  switch (kind) {
    case "group":
    case "list":
    case "tuple":
    case "record":
    case "union":
    case "choices":
    case "constant":
      return true;
    case "choice":
    case "switch":
    case "number":
    case "text":
    case "none":
    case "json":
      return false;
  }
}

/** Whether the label of a field names a group: of a union of single controls it names the one that is open. */
export function isGroup(root: JsonSchema, kind: FieldKind): boolean {
  if (kind.kind !== "union") return isComposite(kind);
  return kind.branches.some(({ schema }) => isComposite(kindOf(root, schema)));
}

/** Whether a field that may be left out is shown only when it is asked for: single controls are simply left empty. */
export function opensOnDemand(root: JsonSchema, kind: FieldKind): boolean {
  if (kind.kind === "choices") return false;
  if (kind.kind !== "union") return isComposite(kind);
  const [first] = kind.branches;
  return first !== undefined && isComposite(kindOf(root, first.schema));
}
