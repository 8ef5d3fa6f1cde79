"use client";

import type { ReactNode } from "react";
import { Markdown } from "../ui/markdown.tsx";

/** Whether the value has this field, and how that is changed where it can be. */
export type Presence = { is: "absent"; add: () => void } | { is: "present"; remove: (() => void) | null };

export interface FieldFrameProps {
  id: string;
  label: string;
  labelled: boolean;
  /** Whether the label names a group of controls rather than one. */
  grouping: boolean;
  required: boolean;
  help: string | undefined;
  hint: string | null;
  issues: readonly string[];
  /** Null: there is nothing to switch. */
  json: { on: boolean; possible: boolean; toggle: () => void } | null;
  presence: Presence;
  children: ReactNode;
}

/** What is around every field: label, help, what is wrong, and the ways to leave it out or write it as JSON. */
export function FieldFrame({
  id,
  label,
  labelled,
  grouping,
  required,
  help,
  hint,
  issues,
  json,
  presence,
  children,
}: FieldFrameProps) {
  const invalid = issues.length > 0 ? true : undefined;
  const heading = (
    <>
      {label}
      {required ? (
        <span className="ml-1 text-bad-ink" aria-hidden="true">
          *
        </span>
      ) : (
        <span className="ml-2 text-xs font-normal text-faint">optional</span>
      )}
    </>
  );
  const tools = json !== null || (presence.is === "present" && presence.remove !== null);
  const group = grouping && labelled ? { role: "group", "aria-labelledby": `${id}-label` } : {};
  return (
    <div {...group} data-invalid={invalid} className="flex min-w-0 flex-col gap-1.5">
      {labelled || tools ? (
        <div className="flex min-h-6 items-center gap-2">
          {labelled ? (
            grouping ? (
              <span id={`${id}-label`} className="text-sm font-medium text-ink">
                {heading}
              </span>
            ) : (
              <label id={`${id}-label`} htmlFor={id} className="text-sm font-medium text-ink">
                {heading}
              </label>
            )
          ) : null}
          <span className="ml-auto flex shrink-0 items-center gap-1">
            {presence.is === "present" && presence.remove !== null ? (
              <Tool onClick={presence.remove} label={`Leave out ${label}`}>
                Leave out
              </Tool>
            ) : null}
            {json !== null ? (
              <Tool
                onClick={json.toggle}
                pressed={json.on}
                disabled={!json.possible}
                label={`Write ${label} as JSON`}
                title={json.possible ? undefined : "The fields cannot show this value"}
              >
                {"{ }"}
              </Tool>
            ) : null}
          </span>
        </div>
      ) : null}
      {help === undefined ? null : (
        <div id={`${id}-help`} className="text-[13px] leading-snug text-soft">
          <Markdown text={help} />
        </div>
      )}
      {children}
      {presence.is === "absent" ? (
        <button type="button" className="empty-slot" onClick={presence.add}>
          Add {label.toLowerCase()}
        </button>
      ) : null}
      {hint === null ? null : <p className="text-xs text-faint">{hint}</p>}
      {issues.length === 0 ? null : (
        <div id={`${id}-issues`} aria-live="polite" className="text-[13px] text-bad-ink">
          {issues.map((issue) => (
            <p key={issue}>{issue}</p>
          ))}
        </div>
      )}
    </div>
  );
}

interface ToolProps {
  onClick: () => void;
  label: string;
  title?: string | undefined;
  pressed?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

function Tool({ onClick, label, title, pressed, disabled = false, children }: ToolProps) {
  return (
    <button
      type="button"
      data-tool
      aria-label={label}
      title={title ?? label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className="rounded px-1.5 py-0.5 text-xs text-faint hover:bg-sunk hover:text-ink disabled:opacity-40 aria-pressed:bg-accent/12 aria-pressed:text-accent-ink"
    >
      {children}
    </button>
  );
}
