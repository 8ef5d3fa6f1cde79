"use client";

import { Labelled } from "../../../../form/labelled.tsx";
import { Toggle } from "../../../../ui/toggle.tsx";
import type { FieldsProps } from "./timing-fields.tsx";

/** What a schedule's runs are given, and what becomes of those that come late. */
export function RunFields({ draft, onChange, issuesOf }: FieldsProps) {
  return (
    <details open={draft.parameters !== "" || draft.maxLateRuns !== "" || !draft.catchUp ? true : undefined}>
      <summary className="w-fit text-[13px] text-soft hover:text-ink">Its runs</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Labelled
          label="Parameters"
          help="A JSON object, laid over the parameters of the deployment."
          issues={issuesOf("parameters")}
        >
          {(aria) => (
            <textarea
              {...aria}
              value={draft.parameters}
              onChange={(event) => onChange({ parameters: event.target.value })}
              rows={3}
              spellCheck={false}
              placeholder="{}"
              className="control font-mono text-[13px]"
            />
          )}
        </Labelled>
        <Labelled
          label="Late at once"
          help="Of more late runs the oldest are cancelled; empty for any number."
          issues={issuesOf("maxLateRuns")}
        >
          {(aria) => (
            <input
              {...aria}
              type="number"
              min={0}
              step={1}
              value={draft.maxLateRuns}
              onChange={(event) => onChange({ maxLateRuns: event.target.value })}
              className="control w-28"
            />
          )}
        </Labelled>
        <div className="flex items-center gap-3">
          <Toggle on={draft.catchUp} label="Catch up" onChange={(catchUp) => onChange({ catchUp })} />
          <div className="flex flex-col text-[13px]">
            <span className="font-medium" aria-hidden="true">
              Catch up
            </span>
            <span className="text-soft">A run that nobody could start in time is begun all the same.</span>
          </div>
        </div>
      </div>
    </details>
  );
}
