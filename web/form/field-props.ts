import type { FieldKind } from "../../core/form/kind.ts";
import type { FormValue, Path } from "../../core/form/value.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";

/** A field: one place of the value, drawn by its schema. */
export interface FieldProps {
  path: Path;
  schema: JsonSchema;
  label: string;
  required: boolean;
  value: FormValue;
  onChange: (value: FormValue) => void;
  /** Whether emptying the field gives null: it stands beside "none". */
  nullable?: boolean;
  /** The label is said already by what is around the field. */
  unlabelled?: boolean;
  /** Which branch of the union at the same path this is: label and tools are the union's. */
  branch?: number;
}

/** What draws one kind of field inside its frame. */
export interface ControlProps<Kind extends FieldKind["kind"] = FieldKind["kind"]> {
  kind: Extract<FieldKind, { kind: Kind }>;
  path: Path;
  /** As `resolve` gives it. */
  schema: JsonObject;
  label: string;
  required: boolean;
  nullable: boolean;
  value: FormValue;
  onChange: (value: FormValue) => void;
  onBlur: () => void;
  /** Of the control itself: its id, and what says more about it. */
  aria: ControlAria;
}

export interface ControlAria {
  id: string;
  "aria-label": string | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}
