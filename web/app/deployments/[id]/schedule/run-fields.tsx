"use client";

import { Toggle } from "../../../../ui/toggle.tsx";
import { type FieldsProps, TypedCode, TypedLine } from "./typed-fields.tsx";

/** What a schedule's runs are given, and what becomes of those that come late. */
export function RunFields(props: FieldsProps) {
  const { draft, onChange } = props;
  return (
    <details open={draft.parameters !== "" || draft.maxLateRuns !== "" || !draft.catchUp ? true : undefined}>
      <summary className="w-fit text-[13px] text-soft hover:text-ink">Its runs</summary>
      <div className="mt-3 flex flex-col gap-4">
        <TypedCode
          {...props}
          field="parameters"
          label="Parameters"
          help="A JSON object, laid over the parameters of the deployment."
          placeholder="{}"
        />
        <TypedLine
          {...props}
          field="maxLateRuns"
          label="Late at once"
          help="Of more late runs the oldest are cancelled; empty for any number."
          type="number"
          min={0}
          step={1}
          className="control w-28"
        />
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
