"use client";

import { useMemo } from "react";
import { useTimeZone } from "../../ui/use-time-zone.ts";
import type { ControlProps } from "../field-props.ts";
import { checkOf } from "../model/check.ts";
import { momentForms, timeForms, toLocalInput, toTimeInput } from "../model/date-time.ts";

interface Props extends ControlProps<"text"> {
  format: "date" | "date-time" | "time";
  text: string;
  emptied: null | undefined | "";
}

const inputTypes = { date: "date", "date-time": "datetime-local", time: "time" } as const;

/** A day, a moment or a time of day. A moment is picked on this computer's clock and sent in the first form that the schema takes. */
export function DateField({ format, text, emptied, schema, value, onChange, onBlur, aria, nullable }: Props) {
  const zone = useTimeZone();
  const check = useMemo(() => checkOf(schema), [schema]);
  const shown = { date: text, "date-time": zone.known ? toLocalInput(text) : "", time: toTimeInput(text) }[
    format
  ];
  const change = (picked: string) => {
    if (picked === "") return onChange(emptied === "" ? undefined : emptied);
    const forms = { date: [picked], "date-time": momentForms(picked), time: timeForms(picked) }[format];
    onChange(forms.find((form) => check(form).length === 0) ?? forms[0] ?? picked);
  };
  return (
    <>
      <input
        {...aria}
        type={inputTypes[format]}
        step={format === "date" ? undefined : 1}
        value={shown}
        onChange={(event) => change(event.target.value)}
        onBlur={onBlur}
        className="control w-full sm:w-64"
      />
      {format === "date-time" ? (
        <p className="text-xs text-faint">
          {nullable && value === null ? "none" : `in ${zone.name}`}
          {text === "" ? null : (
            <>
              {" "}
              · sent as <code>{text}</code>
            </>
          )}
        </p>
      ) : null}
    </>
  );
}
