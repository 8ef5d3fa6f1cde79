"use client";

import { useRef } from "react";
import { Labelled } from "../../../form/labelled.tsx";
import type { Place, TemplateIssue } from "./template-issue.ts";

interface Props {
  template: string;
  onChange: (template: string) => void;
  issues: readonly TemplateIssue[];
}

/** What makes a request an event: a text with places that can be gone to. */
export function TemplateField({ template, onChange, issues }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const places = issues.flatMap(({ place }) => (place === null ? [] : [place]));
  const go = ({ line, column }: Place) => {
    const before = template.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    field.current?.focus();
    field.current?.setSelectionRange(at, at + 1);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <Labelled
        label="Template"
        required
        issues={issues.map(({ message }) => message)}
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
      {places.length === 0 ? null : (
        <div className="flex flex-wrap gap-2">
          {places.slice(0, 3).map((place) => (
            <button
              key={`${place.line} ${place.column}`}
              type="button"
              onClick={() => go(place)}
              className="empty-slot"
            >
              To line {place.line}, column {place.column}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
