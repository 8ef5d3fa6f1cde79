"use client";

import type { Choice } from "../../../core/form/kind.ts";
import type { FormValue } from "../../../core/form/value.ts";
import { jsonEquals } from "../../../core/json.ts";
import type { ControlProps } from "../field-props.ts";

/** Any of a list of constants, in the order in which they were chosen. */
export function ChoicesField({ kind, value, onChange, onBlur, aria }: ControlProps<"choices">) {
  const chosen: FormValue[] = Array.isArray(value) ? value : [];
  const has = (choice: Choice) => chosen.some((item) => jsonEquals(item, choice.value));
  const toggle = (choice: Choice) =>
    onChange(
      has(choice) ? chosen.filter((item) => !jsonEquals(item, choice.value)) : [...chosen, choice.value],
    );
  return (
    <div className="flex max-h-64 flex-wrap gap-2 overflow-y-auto py-0.5">
      {kind.choices.map((choice, index) => (
        <label
          key={choice.label}
          className="flex cursor-pointer items-center gap-2 rounded-lg border border-line bg-panel px-3 py-1.5 text-sm has-checked:border-accent has-checked:bg-accent/8"
        >
          <input
            type="checkbox"
            id={index === 0 ? aria.id : undefined}
            aria-describedby={aria["aria-describedby"]}
            aria-invalid={aria["aria-invalid"]}
            checked={has(choice)}
            onChange={() => toggle(choice)}
            onBlur={onBlur}
            className="size-4 accent-accent"
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
