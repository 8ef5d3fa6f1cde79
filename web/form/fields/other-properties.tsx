"use client";

import type { FormObject, FormValue, Path } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { Entries } from "./entries.tsx";

interface Props {
  path: Path;
  schema: JsonSchema;
  known: readonly string[];
  value: FormObject;
  onChange: (value: FormValue) => void;
  onBlur: () => void;
}

/** The properties of an object that its schema allows without naming them. */
export function OtherProperties({ path, schema, known, value, onChange, onBlur }: Props) {
  const entries = Object.entries(value);
  const named = entries.filter(([name]) => known.includes(name));
  return (
    <Entries
      path={path}
      schema={schema}
      taken={known}
      entries={entries.filter(([name]) => !known.includes(name))}
      onChange={(others) => onChange(Object.fromEntries([...named, ...others]))}
      onBlur={onBlur}
    />
  );
}
