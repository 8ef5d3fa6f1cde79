"use client";

import { Dialog } from "radix-ui";
import { type SubmitEvent, useRef, useState } from "react";
import type { Issue } from "../../../../../core/error.ts";
import { focusFirstIssue, watchReader } from "../../../../form/focus.ts";
import { IssueSummary } from "../../../../form/issue-summary.tsx";
import type { Undelivered } from "../../../../form/undelivered.ts";
import type { ScheduleInput, SchedulePartsFragment } from "../../../../gql/graphql.ts";
import { Button } from "../../../../ui/button.tsx";
import { Moment } from "../../../../ui/time.tsx";
import { useTimeZone } from "../../../../ui/use-time-zone.ts";
import { scheduleWords } from "../../schedule-words.ts";
import { type Draft, draftOf, inputOf } from "./draft.ts";
import { RunFields } from "./run-fields.tsx";
import { TimingFields } from "./timing-fields.tsx";
import { useTimes } from "./use-times.ts";

interface Props {
  /** The one to be changed; null for a new one. */
  schedule: SchedulePartsFragment | null;
  /** Sends it; gives what is wrong with it, nothing where it was taken, or why that cannot be said. */
  onSubmit: (schedule: ScheduleInput) => Promise<readonly Issue[] | Undelivered>;
}

const fields = ["cron", "interval", "rrule", "anchor", "timezone", "parameters", "maxLateRuns"];

/** A schedule to be written, with the times at which it would come. */
export function ScheduleForm({ schedule, onSubmit }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const here = useTimeZone().name;
  const [draft, setDraft] = useState(() => draftOf(schedule, here));
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [undelivered, setUndelivered] = useState<Undelivered | null>(null);
  const [busy, setBusy] = useState(false);
  const written = inputOf(draft);
  const change = (part: Partial<Draft>) => {
    setIssues([]);
    setDraft({ ...draft, ...part });
  };
  const lead = () => requestAnimationFrame(() => form.current && focusFirstIssue(form.current));
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    setUndelivered(null);
    if ("problem" in written) {
      setIssues([{ path: [written.field], message: written.problem }]);
      lead();
      return;
    }
    const hasWaited = watchReader(event.currentTarget);
    setBusy(true);
    const answer = await onSubmit(written.input);
    setBusy(false);
    if ("heading" in answer) setUndelivered(answer);
    else setIssues(answer);
    if (hasWaited()) lead();
  };
  const issuesOf = (field: string) =>
    issues
      .filter(({ path }) => path[0] === field)
      .map(({ path, message }) => (path.length > 1 ? `${path.slice(1).join(".")}: ${message}` : message));
  const elsewhere = issues.filter(({ path }) => !fields.includes(path[0] ?? ""));
  const parts = { draft, onChange: change, issuesOf };
  return (
    <form ref={form} onSubmit={submit} noValidate aria-busy={busy} className="flex flex-col gap-4">
      {undelivered === null ? null : (
        <IssueSummary heading={undelivered.heading} messages={[undelivered.message]} />
      )}
      <IssueSummary
        heading="This cannot be saved as it is"
        messages={elsewhere.map(({ message }) => message)}
      />
      <TimingFields {...parts} />
      <Preview input={"input" in written ? written.input : null} />
      <RunFields {...parts} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} disabled={busy}>
          {schedule === null ? "Make the schedule" : "Save"}
        </Button>
        <Dialog.Close asChild>
          <Button>Back</Button>
        </Dialog.Close>
      </div>
    </form>
  );
}

/** When it would come, as it is typed. */
function Preview({ input }: { input: ScheduleInput | null }) {
  const times = useTimes(input);
  const { name: here } = useTimeZone();
  return (
    <section
      aria-label="Next times"
      aria-live="polite"
      className="flex min-h-34 flex-col gap-1 rounded-lg bg-sunk px-3.5 py-2.5 text-[13px]"
    >
      {times === null ? (
        <p className="text-faint">Its next times stand here.</p>
      ) : times.result.__typename === "ScheduleTimes" ? (
        <>
          <p className="font-medium first-letter:uppercase wrap-anywhere">
            {scheduleWords({ ...times.of, timezone: times.of.timezone ?? "UTC" })}
          </p>
          {times.result.times.length === 0 ? (
            <p className="text-soft">It makes no runs any more.</p>
          ) : (
            <ol className="text-soft">
              {times.result.times.map((time) => (
                <li key={time}>
                  <Moment at={time} />
                </li>
              ))}
            </ol>
          )}
          <p className="text-xs text-faint">in {here}</p>
        </>
      ) : (
        <ul className="text-waiting-ink">
          {times.result.issues.map(({ path, message }) => (
            <li key={path.join(".") + message} className="wrap-anywhere">
              {path.length > 1 ? `${path.slice(1).join(".")} ` : ""}
              {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
