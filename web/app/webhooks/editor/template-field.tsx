"use client";

import { useRef } from "react";
import { Labelled } from "./labelled.tsx";

/** Where in a text something is wrong, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

interface Props {
  template: string;
  onChange: (template: string) => void;
  issues: readonly string[];
}

/** What makes a request an event: a text with places that can be gone to. */
export function TemplateField({ template, onChange, issues }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const place = issues.map(placeIn).find((found) => found !== null) ?? null;
  const go = () => {
    if (place === null || field.current === null) return;
    const lines = template.split("\n").slice(0, place.line - 1);
    const at = lines.reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
    field.current.focus();
    field.current.setSelectionRange(at, at + 1);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <Labelled
        label="Template"
        required
        issues={issues}
        help="JSON with templates in its texts, or one template that makes JSON. It sees method, headers, query and body; a value can never add a field."
      >
        {(aria) => (
          <textarea
            {...aria}
            ref={field}
            value={template}
            onChange={(event) => onChange(event.target.value)}
            spellCheck={false}
            autoCapitalize="off"
            rows={Math.min(30, Math.max(10, template.split("\n").length + 1))}
            className="control resize-y font-mono text-[13px] leading-[1.6]"
          />
        )}
      </Labelled>
      {place === null ? null : (
        <button type="button" onClick={go} className="empty-slot">
          To line {place.line}, column {place.column}
        </button>
      )}
    </div>
  );
}

function placeIn(issue: string): Place | null {
  const [, line, column] = /\(line (\d+), column (\d+)\)/.exec(issue) ?? [];
  return line === undefined || column === undefined ? null : { line: Number(line), column: Number(column) };
}
