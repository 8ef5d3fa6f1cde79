"use client";

import type { ControlProps } from "./field-props.ts";
import { ChoiceField } from "./fields/choice-field.tsx";
import { ChoicesField } from "./fields/choices-field.tsx";
import { ConstantField } from "./fields/constant-field.tsx";
import { GroupField } from "./fields/group-field.tsx";
import { JsonEditor } from "./fields/json-editor.tsx";
import { ListField } from "./fields/list-field.tsx";
import { NumberField } from "./fields/number-field.tsx";
import { RecordField } from "./fields/record-field.tsx";
import { SwitchField } from "./fields/switch-field.tsx";
import { TextField } from "./fields/text-field.tsx";
import { TupleField } from "./fields/tuple-field.tsx";
import { UnionField } from "./fields/union-field.tsx";

/** What draws a field of this kind. */
export function Control({ kind, ...props }: ControlProps) {
  switch (kind.kind) {
    case "constant":
      return <ConstantField kind={kind} {...props} />;
    case "choice":
      return <ChoiceField kind={kind} {...props} />;
    case "choices":
      return <ChoicesField kind={kind} {...props} />;
    case "switch":
      return <SwitchField kind={kind} {...props} />;
    case "number":
      return <NumberField kind={kind} {...props} />;
    case "text":
      return <TextField kind={kind} {...props} />;
    case "none":
      return <p className="text-sm text-soft">Nothing: null is sent.</p>;
    case "list":
      return <ListField kind={kind} {...props} />;
    case "tuple":
      return <TupleField kind={kind} {...props} />;
    case "group":
      return <GroupField kind={kind} {...props} />;
    case "record":
      return <RecordField kind={kind} {...props} />;
    case "union":
      return <UnionField kind={kind} {...props} />;
    case "json":
      return <JsonEditor {...props} />;
  }
}
