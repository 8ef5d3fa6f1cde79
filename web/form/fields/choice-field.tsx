"use client";

import { jsonEquals } from "../../../core/json.ts";
import type { ControlProps } from "../field-props.ts";

/** One of a list of constants. */
export function ChoiceField({
  kind,
  value,
  required,
  nullable,
  schema,
  onChange,
  onBlur,
  aria,
}: ControlProps<"choice">) {
  const chosen = kind.choices.findIndex((choice) => jsonEquals(choice.value, value));
  const mayBeEmpty = (!required && schema.default === undefined) || nullable;
  const choose = (index: string) => {
    if (index === "") return onChange(nullable ? null : undefined);
    onChange(kind.choices[Number(index)]?.value);
  };
  return (
    <select
      {...aria}
      value={chosen < 0 ? "" : String(chosen)}
      onChange={(event) => choose(event.target.value)}
      onBlur={onBlur}
      className="control w-full sm:w-64"
    >
      {mayBeEmpty || chosen < 0 ? (
        <option value="" disabled={!mayBeEmpty}>
          {nullable ? "none" : mayBeEmpty ? "not given" : "Choose…"}
        </option>
      ) : null}
      {kind.choices.map(({ label }, index) => (
        <option key={label} value={String(index)}>
          {label}
        </option>
      ))}
    </select>
  );
}
