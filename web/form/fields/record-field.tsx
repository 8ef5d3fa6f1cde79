"use client";

import { isFormObject } from "../../../core/form/value.ts";
import type { ControlProps } from "../field-props.ts";
import { Entries } from "./entries.tsx";

/** An object whose property names are free. */
export function RecordField({ kind, path, value, onChange, onBlur }: ControlProps<"record">) {
  return (
    <Entries
      path={path}
      schema={kind.values}
      taken={[]}
      entries={isFormObject(value) ? Object.entries(value) : []}
      onChange={(entries) => onChange(Object.fromEntries(entries))}
      onBlur={onBlur}
    />
  );
}
