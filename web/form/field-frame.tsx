"use client";

import type { ReactNode } from "react";
import { Markdown } from "../ui/markdown.tsx";
import { focusInside } from "./focus.ts";

/** Whether the value has this field, and how that is changed where it can be. */
export type Presence = { is: "absent"; add: () => void } | { is: "present"; remove: (() => void) | null };

export interface FieldFrameProps {
  id: string;
  label: string;
  /** A field names itself, the whole form too, more quietly; none: what is around it does. */
  heading: "field" | "whole" | "none";
  /** Whether the label names a group of controls rather than one. */
  grouping: boolean;
  required: boolean;
  /** Whether it is said that it may be left empty. */
  optional: boolean;
  help: string | undefined;
  hint: string | null;
  issues: readonly string[];
  /** Null: there is nothing to switch. */
  json: { on: boolean; possible: boolean; toggle: () => void } | null;
  presence: Presence;
  /** Goes back to what the field holds by default; null where it holds that. */
  restore: (() => void) | null;
  children: ReactNode;
}

/** What is around every field: label, help, what is wrong, and the ways to leave it out or write it as JSON. */
export function FieldFrame(props: FieldFrameProps) {
  const { id, label, heading, grouping, help, hint, issues, presence, children } = props;
  const named = heading !== "none";
  const group = grouping && named ? { role: "group", "aria-labelledby": `${id}-label` } : {};
  const tools = <Tools {...props} />;
  return (
    <div
      {...group}
      data-invalid={issues.length > 0 ? true : undefined}
      className="flex min-w-0 flex-col gap-1.5"
    >
      {named ? (
        <div className="flex min-h-6 items-center gap-2">
          <Heading {...props} />
          {tools}
        </div>
      ) : null}
      {help === undefined ? null : (
        <div id={`${id}-help`} className="text-[13px] leading-snug text-soft">
          <Markdown text={help} />
        </div>
      )}
      {named ? (
        children
      ) : (
        <div className="flex items-start gap-1">
          <div className="flex min-w-0 flex-1 flex-col gap-1.5">{children}</div>
          <div className="flex min-h-9 items-center empty:hidden">{tools}</div>
        </div>
      )}
      {presence.is === "absent" ? (
        <button
          type="button"
          className="empty-slot"
          onClick={(event) => {
            const frame = event.currentTarget.parentElement;
            presence.add();
            focusInside(() => frame);
          }}
        >
          Add {label.toLowerCase()}
        </button>
      ) : null}
      {hint === null ? null : <p className="text-xs text-faint">{hint}</p>}
      {issues.length === 0 ? null : (
        <div id={`${id}-issues`} className="text-[13px] text-bad-ink">
          {issues.map((issue) => (
            <p key={issue}>{issue}</p>
          ))}
        </div>
      )}
    </div>
  );
}

function Heading({ id, label, heading, grouping, required, optional }: FieldFrameProps) {
  if (heading === "whole")
    return (
      <span className="text-xs text-faint">
        <span id={`${id}-label`}>{label}</span>
        <span aria-hidden="true">
          {" "}
          · <span className="text-bad-ink">*</span> must be given
        </span>
      </span>
    );
  const look = "min-w-0 text-sm font-medium text-ink wrap-anywhere";
  return (
    <>
      {grouping ? (
        <span id={`${id}-label`} className={look}>
          {label}
        </span>
      ) : (
        <label id={`${id}-label`} htmlFor={id} className={look}>
          {label}
        </label>
      )}
      {required ? (
        <span className="-ml-1 text-sm text-bad-ink" aria-hidden="true">
          *
        </span>
      ) : null}
      {optional ? <span className="text-xs text-faint">optional</span> : null}
    </>
  );
}

function Tools({ id, json, presence, restore }: FieldFrameProps) {
  const removable = presence.is === "present" && presence.remove !== null;
  if (json === null && !removable && restore === null) return null;
  return (
    <span className="ml-auto flex shrink-0 items-center gap-1">
      {presence.is === "present" && presence.remove !== null ? (
        <Tool onClick={presence.remove} describedBy={`${id}-label`}>
          Leave out
        </Tool>
      ) : null}
      {restore === null ? null : (
        <Tool onClick={restore} describedBy={`${id}-label`}>
          Use default
        </Tool>
      )}
      {json === null ? null : (
        <Tool
          onClick={json.toggle}
          pressed={json.on}
          disabled={!json.possible}
          name="As JSON"
          describedBy={`${id}-label`}
          title={json.possible ? undefined : "The fields cannot show this value"}
        >
          {"{ }"}
        </Tool>
      )}
    </span>
  );
}

interface ToolProps {
  onClick: () => void;
  /** What it is called where its own text does not say it. */
  name?: string;
  /** What it belongs to. */
  describedBy: string;
  title?: string | undefined;
  pressed?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

function Tool({ onClick, name, describedBy, title, pressed, disabled = false, children }: ToolProps) {
  return (
    <button
      type="button"
      data-tool
      aria-label={name}
      aria-describedby={describedBy}
      title={title ?? name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className="rounded px-1.5 py-0.5 text-xs text-faint hover:bg-sunk hover:text-ink disabled:opacity-40 aria-pressed:bg-accent/12 aria-pressed:text-accent-ink"
    >
      {children}
    </button>
  );
}
