import { branchFor } from "../../../core/form/branch.ts";
import type { FieldKind } from "../../../core/form/kind.ts";
import { type FormValue, isFormObject } from "../../../core/form/value.ts";
import { jsonEquals } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { toLocalInput, toTimeInput } from "./date-time.ts";

/** Whether a kind of field can show this value as it is; one that it cannot show is shown as JSON instead. */
export function fits(root: JsonSchema, kind: FieldKind, value: FormValue): boolean {
  if (value === undefined) return true;
  switch (kind.kind) {
    case "constant":
      return jsonEquals(kind.value, value);
    case "choice":
      return kind.choices.some((choice) => jsonEquals(choice.value, value));
    case "choices":
      return (
        Array.isArray(value) &&
        value.every(
          (item, index) =>
            kind.choices.some((choice) => jsonEquals(choice.value, item)) &&
            !value.slice(0, index).some((other) => jsonEquals(other, item)),
        )
      );
    case "switch":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" || value === null;
    case "text":
      return value === null || (typeof value === "string" && fitsFormat(kind.format, value));
    case "none":
      return value === null;
    case "list":
      return Array.isArray(value);
    case "tuple":
      return Array.isArray(value) && value.length <= kind.items.length;
    case "group":
      return (
        isFormObject(value) &&
        (kind.others !== null ||
          Object.keys(value).every((name) => kind.properties.some((property) => property.name === name)))
      );
    case "record":
      return isFormObject(value);
    case "union":
      return branchFor(root, kind.branches, value) !== null;
    case "json":
      return true;
  }
}

/** Pickers show only what they can pick; to the other formats any text is text. */
function fitsFormat(format: string | null, text: string): boolean {
  if (text === "") return true;
  switch (format) {
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(text);
    case "date-time":
      return toLocalInput(text) !== "";
    case "time":
      return toTimeInput(text) !== "";
    default:
      return true;
  }
}
