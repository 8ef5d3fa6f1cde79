"use client";

import { isJsonObject } from "../../../../core/json.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { Button } from "../../../ui/button.tsx";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Ago, Moment } from "../../../ui/time.tsx";
import { Toggle } from "../../../ui/toggle.tsx";
import { useTurned } from "../../../ui/use-turned.ts";
import { deleteScheduleDocument, setScheduleActiveDocument } from "../documents.ts";
import { scheduleWords } from "../schedule-words.ts";
import type { DeploymentShown } from "./deployment-view.tsx";
import { ScheduleDialog } from "./schedule/schedule-dialog.tsx";

interface Props {
  deployment: DeploymentShown;
  /** Resolves when the page shows them as they are now. */
  readAgain: () => Promise<void>;
}

/** When runs are made without being asked for. */
export function SchedulesPanel({ deployment, readAgain }: Props) {
  const { schedules, paused } = deployment;
  return (
    <Panel
      title="Schedules"
      flush
      aside={
        <ScheduleDialog
          deployment={deployment}
          schedule={null}
          readAgain={readAgain}
          trigger={
            <Button size="small" look="quiet">
              New schedule
            </Button>
          }
        />
      }
    >
      {paused && schedules.length > 0 ? (
        <p className="border-b border-line bg-waiting/10 px-4 py-2 text-[13px] text-waiting-ink">
          The deployment is paused: none of its schedules makes runs.
        </p>
      ) : null}
      {schedules.length === 0 ? (
        <p className="px-4 py-6 text-sm text-soft">
          None: it runs when a person, a program or an automation starts it.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {schedules.map((schedule) => (
            <Schedule key={schedule.id} schedule={schedule} deployment={deployment} readAgain={readAgain} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface ScheduleProps extends Props {
  schedule: DeploymentShown["schedules"][number];
}

function Schedule({ schedule, deployment, readAgain }: ScheduleProps) {
  const { paused } = deployment;
  const {
    on: active,
    refusal,
    busy,
    turn,
  } = useTurned(schedule.active, setScheduleActiveDocument, {
    variables: (on) => ({ id: schedule.id, active: on }),
    resultOf: (data) => data.setScheduleActive,
    success: "Schedule",
    readAgain,
  });
  const words = scheduleWords(schedule);
  const given = jsonOf(schedule.parameters);
  const notes = [
    schedule.cron ? `cron ${schedule.cron}` : null,
    schedule.anchor ? <Anchor key="anchor" at={schedule.anchor} /> : null,
    isJsonObject(given) && Object.keys(given).length > 0 ? `with ${JSON.stringify(given)}` : null,
    schedule.maxLateRuns == null ? null : `at most ${schedule.maxLateRuns} late at once`,
    schedule.catchUp ? null : "what was missed is not made up for",
  ].filter((note) => note !== null);
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div
          className={`flex min-w-0 flex-1 basis-72 flex-col gap-1 ${active && !paused ? "" : "text-soft"}`}
        >
          <p className="text-sm first-letter:uppercase wrap-anywhere">{words}</p>
          {notes.length === 0 ? null : (
            <p className="flex flex-wrap gap-x-3 text-xs wrap-anywhere text-faint">
              {notes.map((note, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity than their place
                <span key={index}>{note}</span>
              ))}
            </p>
          )}
          {active && !paused ? <NextTimes times={schedule.nextTimes} /> : null}
        </div>
        <div className="flex w-full items-center justify-end gap-2 sm:w-auto">
          <ScheduleDialog
            deployment={deployment}
            schedule={schedule}
            readAgain={readAgain}
            trigger={
              <Button size="small" look="quiet" aria-label={`Change the schedule: ${words}`}>
                Change
              </Button>
            }
          />
          <DeleteDialog
            name={words}
            kind="schedule"
            listed
            document={deleteScheduleDocument}
            variables={{ id: schedule.id }}
            onDeleted={readAgain}
          >
            <p>
              The runs that it has made ahead go with it. One that the deployment's definition names is there
              again when the deployment is registered the next time.
            </p>
          </DeleteDialog>
          <Toggle on={active} label={`Schedule: ${words}`} busy={busy} onChange={turn} />
        </div>
      </div>
      {refusal === null ? null : (
        <Notice look="bad" alert>
          It stays {schedule.active ? "on" : "off"}: {refusal}
        </Notice>
      )}
    </li>
  );
}

function Anchor({ at }: { at: string }) {
  return (
    <>
      counted from <Moment at={at} />
    </>
  );
}

function NextTimes({ times }: { times: readonly string[] }) {
  const [first, ...rest] = times;
  if (first === undefined) return <p className="text-[13px] text-soft">It makes no more runs.</p>;
  return (
    <p className="flex flex-wrap gap-x-3 text-[13px] text-soft">
      <span>
        next <Ago at={first} />: <Moment at={first} />
      </span>
      {rest.map((time) => (
        <span key={time} className="text-faint">
          then <Moment at={time} />
        </span>
      ))}
    </p>
  );
}
