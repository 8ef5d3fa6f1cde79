"use client";

import { useId } from "react";
import { Labelled } from "../../../../form/labelled.tsx";
import { type Draft, kinds, units } from "./draft.ts";
import { type FieldsProps, TypedCode, TypedLine } from "./typed-fields.tsx";

const kindNames = Object.keys(kinds) as Draft["kind"][]; // the keys that it is written with
const unitNames = Object.keys(units) as Draft["unit"][]; // likewise

/** When a schedule comes: by a cron expression, every so often, or by a rule. */
export function TimingFields(props: FieldsProps) {
  const { draft } = props;
  return (
    <>
      <KindChoice {...props} />
      {draft.kind === "cron" ? (
        <TypedLine
          {...props}
          field="cron"
          label="Cron expression"
          help="Minute, hour, day of the month, month, day of the week; or a name such as @daily."
          required
          spellCheck={false}
          autoComplete="off"
          className="control font-mono"
        />
      ) : null}
      {draft.kind === "interval" ? <Interval {...props} /> : null}
      {draft.kind === "rrule" ? (
        <TypedCode
          {...props}
          field="rrule"
          label="Recurrence rule"
          help="RFC 5545, such as FREQ=MONTHLY;BYDAY=-1FR for each last Friday of a month."
          required
        />
      ) : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <TimeZone {...props} />
        {draft.kind === "cron" ? null : (
          <TypedLine
            {...props}
            field="anchor"
            label="Counted from"
            help="By the clock of the time zone; from now on where it is empty."
            type="datetime-local"
            step={1}
            className="control"
          />
        )}
      </div>
    </>
  );
}

function KindChoice({ draft, onChange }: FieldsProps) {
  const name = useId();
  return (
    <fieldset className="flex w-fit rounded-lg border border-line bg-panel">
      <legend className="sr-only">Kind</legend>
      {kindNames.map((kind) => (
        <label
          key={kind}
          className="flex min-h-8 cursor-pointer items-center border-line px-3 text-[13px] text-soft not-first-of-type:border-l first-of-type:rounded-l-lg last-of-type:rounded-r-lg hover:text-ink has-checked:bg-accent/10 has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={draft.kind === kind}
            onChange={() => onChange({ kind })}
            className="sr-only"
          />
          {kinds[kind]}
        </label>
      ))}
    </fieldset>
  );
}

function Interval({ draft, onChange, issuesOf }: FieldsProps) {
  return (
    <Labelled label="Every" required issues={issuesOf("interval")}>
      {(aria) => (
        <div className="flex gap-2">
          <input
            {...aria}
            type="number"
            min={1}
            step="any"
            value={draft.every}
            onChange={(event) => onChange({ every: event.target.value })}
            className="control w-28"
          />
          <select
            aria-label="Unit"
            value={draft.unit}
            onChange={(event) =>
              onChange({ unit: unitNames.find((unit) => unit === event.target.value) ?? "seconds" })
            }
            className="control w-auto"
          >
            {unitNames.map((unit) => (
              <option key={unit}>{unit}</option>
            ))}
          </select>
        </div>
      )}
    </Labelled>
  );
}

function TimeZone({ draft, onChange, issuesOf }: FieldsProps) {
  const list = useId();
  return (
    <Labelled label="Time zone" required issues={issuesOf("timezone")}>
      {(aria) => (
        <>
          <input
            {...aria}
            list={list}
            value={draft.timezone}
            onChange={(event) => onChange({ timezone: event.target.value })}
            spellCheck={false}
            autoComplete="off"
            placeholder="Europe/Berlin"
            className="control"
          />
          <datalist id={list}>
            {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}
