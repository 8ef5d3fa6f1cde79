"use client";

import { useState } from "react";
import { readNumber } from "../../../core/form/number.ts";
import type { ControlProps } from "../field-props.ts";
import { useUnreadable } from "../form-context.tsx";

/** A number. While what is typed is no number, the field says so and nothing of it is sent. */
export function NumberField({
  kind,
  path,
  schema,
  value,
  nullable,
  onChange,
  onBlur,
  aria,
}: ControlProps<"number">) {
  const [text, setText] = useState(() => (typeof value === "number" ? String(value) : ""));
  const [problem, setProblem] = useState<string | null>(null);
  useUnreadable(path, problem);

  const change = (input: HTMLInputElement) => {
    setText(input.value);
    if (input.value === "") {
      setProblem(input.validity.badInput ? "must be a number" : null);
      return onChange(nullable ? null : undefined);
    }
    const reading = readNumber(input.value);
    setProblem(reading.ok ? null : reading.message);
    onChange(reading.ok ? reading.value : undefined);
  };
  return (
    <input
      {...aria}
      type="number"
      inputMode={kind.integer ? "numeric" : "decimal"}
      step={kind.integer ? 1 : "any"}
      min={boundOf(schema.minimum, kind.integer)}
      max={boundOf(schema.maximum, kind.integer)}
      value={text}
      placeholder={nullable && value === null ? "none" : undefined}
      onChange={(event) => change(event.target)}
      onBlur={onBlur}
      // A wheel over a focused number field changes it; that is never meant.
      onWheel={(event) => event.currentTarget.blur()}
      className="control w-full tabular-nums sm:w-64"
    />
  );
}

/** The bounds of what JSON numbers keep are no bounds that anybody set. */
function boundOf(bound: unknown, integer: boolean): number | undefined {
  if (typeof bound !== "number") return undefined;
  return integer && Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
}
