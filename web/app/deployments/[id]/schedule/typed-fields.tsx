"use client";

import type { HTMLAttributes, InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from "react";
import { Labelled } from "../../../../form/labelled.tsx";
import type { Draft } from "./draft.ts";

export interface FieldsProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  /** What is wrong with a field. */
  issuesOf: (field: string) => string[];
}

/** A field of the draft that is typed, with its label. */
interface TypedProps extends FieldsProps {
  field: "cron" | "rrule" | "anchor" | "parameters" | "maxLateRuns";
  label: string;
  help: ReactNode;
  required?: boolean;
}

type Control<Attributes extends HTMLAttributes<HTMLElement>> = TypedProps &
  Omit<Attributes, keyof TypedProps | "value">;

/** One line. */
export function TypedLine(props: Control<InputHTMLAttributes<HTMLInputElement>>) {
  const { field, label, help, required, draft, onChange, issuesOf, ...attributes } = props;
  return (
    <Labelled label={label} help={help} required={required} issues={issuesOf(field)}>
      {(aria) => (
        <input
          {...aria}
          {...attributes}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Labelled>
  );
}

/** Some lines of code. */
export function TypedCode(props: Control<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { field, label, help, required, draft, onChange, issuesOf, ...attributes } = props;
  return (
    <Labelled label={label} help={help} required={required} issues={issuesOf(field)}>
      {(aria) => (
        <textarea
          {...aria}
          {...attributes}
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
          rows={3}
          spellCheck={false}
          className="control font-mono text-[13px]"
        />
      )}
    </Labelled>
  );
}
