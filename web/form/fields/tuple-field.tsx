"use client";

import type { FormValue } from "../../../core/form/value.ts";
import { Field } from "../field.tsx";
import type { ControlProps } from "../field-props.ts";

/** A list of fixed places. */
export function TupleField({ kind, path, label, value, onChange }: ControlProps<"tuple">) {
  const items: FormValue[] = Array.isArray(value) ? value : [];
  const change = (index: number, next: FormValue) => {
    const length = Math.max(items.length, index + 1);
    onChange(Array.from({ length }, (_, other) => (other === index ? next : items[other])));
  };
  return (
    <div className="flex flex-col gap-4 border-l-2 border-line py-1 pl-4">
      {kind.items.map((schema, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are fixed
          key={index}
          path={[...path, String(index)]}
          schema={schema}
          label={`${label} ${index + 1}`}
          required
          value={items[index]}
          onChange={(next) => change(index, next)}
        />
      ))}
    </div>
  );
}
