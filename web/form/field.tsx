"use client";

import { useMemo, useState } from "react";
import { kindOf } from "../../core/form/kind.ts";
import { textOf } from "../../core/form/label.ts";
import { resolve } from "../../core/form/resolve.ts";
import { startOfField } from "../../core/form/start.ts";
import { propertyOf, toSend } from "../../core/form/value.ts";
import { jsonEquals } from "../../core/json.ts";
import { Control } from "./control.tsx";
import { FieldFrame, type Presence } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { JsonEditor } from "./fields/json-editor.tsx";
import { useFieldPlace, useForm } from "./form-context.tsx";
import { isComposite, isGroup, opensOnDemand } from "./model/composite.ts";
import { fits } from "./model/fits.ts";

/** One place of the value: its label, what is wrong with it, and what draws it; or the same place as JSON. */
export function Field(props: FieldProps) {
  const { path, schema, required, value, onChange, nullable = false, unlabelled = false, branch } = props;
  const { root, defaults, touch } = useForm();
  const resolved = useMemo(() => resolve(root, schema) ?? {}, [root, schema]);
  const kind = useMemo(() => kindOf(root, resolved), [root, resolved]);
  // What cannot be read yet would be lost by going back to the fields.
  const [unreadable, setUnreadable] = useState(false);
  const [asJson, setAsJson] = useState(() => kind.kind === "json" || !fits(root, kind, value));

  const whole = path.length === 0 && isComposite(kind);
  const label = branch === undefined ? (textOf(resolved.title) ?? props.label) : props.label;
  const place = useFieldPlace(path, label, !whole || asJson);
  // The control of a branch has the id that the union's label names; what is said about it has ids of its own.
  const id = branch === undefined ? place.id : `${place.id}~${branch}`;
  const grouping = isGroup(root, kind) && !asJson;
  // A form of one field needs no second heading, and no second way to write it as JSON.
  const single =
    whole && kind.kind === "group" && kind.properties.length === 1 && kind.others === null && !asJson;
  const heading = branch !== undefined || unlabelled || single ? "none" : whole ? "whole" : "field";
  const help = textOf(resolved.description);
  // Of a union, the branch that is open says what is wrong.
  const issues = kind.kind === "union" && !asJson ? [] : place.issues;
  const described = [
    help === undefined ? [] : [`${id}-help`],
    issues.length === 0 ? [] : [`${id}-issues`],
  ].flat();
  const aria = {
    id: place.id,
    "aria-label": heading === "none" || (heading === "whole" && asJson) ? label : undefined,
    "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
    "aria-invalid": issues.length > 0 ? (true as const) : undefined,
    "aria-required": required ? (true as const) : undefined,
  };

  const mayBeAbsent = branch === undefined && !required && resolved.default === undefined;
  const absent = mayBeAbsent && value === undefined && !asJson && opensOnDemand(root, kind);
  const add = () => onChange(startOfField(root, schema, { required: true }));
  const clearable = mayBeAbsent && (isComposite(kind) || kind.kind === "switch") && value !== undefined;
  const presence: Presence = absent
    ? { is: "absent", add }
    : { is: "present", remove: clearable && !asJson ? () => onChange(undefined) : null };

  const given = path.length === 1 && branch === undefined ? propertyOf(defaults, path[0] ?? "") : undefined;
  const restorable = given !== undefined && !asJson && !jsonEquals(toSend(value) ?? null, given);

  const shared = { path, label, value, onChange, onBlur: () => touch(place.key), aria, required, nullable };
  return (
    <FieldFrame
      id={id}
      label={label}
      heading={heading}
      grouping={grouping}
      required={required}
      optional={!required && resolved.default === undefined && kind.kind !== "switch"}
      help={help}
      issues={issues}
      hint={
        value === undefined && (given ?? resolved.default) !== undefined
          ? `Left empty: ${JSON.stringify(given ?? resolved.default)} is taken.`
          : null
      }
      json={
        branch !== undefined || single || kind.kind === "json"
          ? null
          : {
              on: asJson,
              possible: !asJson || (!unreadable && fits(root, kind, value)),
              toggle: () => setAsJson(!asJson),
            }
      }
      presence={presence}
      restore={restorable ? () => onChange(given) : null}
    >
      {absent ? null : asJson ? (
        <JsonEditor {...shared} onUnreadable={setUnreadable} />
      ) : (
        <Control {...shared} kind={kind} schema={resolved} />
      )}
    </FieldFrame>
  );
}
