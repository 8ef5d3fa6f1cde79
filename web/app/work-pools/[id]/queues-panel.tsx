"use client";

import { useMutation } from "urql";
import { answerOf } from "../../../lib/graphql/answer-of.ts";
import { Button } from "../../../ui/button.tsx";
import { countOf } from "../../../ui/count-of.ts";
import { DeleteDialog } from "../../../ui/delete-dialog.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Ago } from "../../../ui/time.tsx";
import { Toggle } from "../../../ui/toggle.tsx";
import { useTurned } from "../../../ui/use-turned.ts";
import {
  createQueueDocument,
  deleteQueueDocument,
  setQueuePausedDocument,
  updateQueueDocument,
} from "../documents.ts";
import { changedQueue, changeOf, nameOf, newQueue, startOfChange } from "../pool-form.ts";
import { WorkStatus } from "../work-status.tsx";
import type { PoolShown } from "./pool-view.tsx";

interface Props {
  pool: PoolShown;
  readAgain: () => Promise<void>;
}

/** The lines in which a pool's runs wait. */
export function QueuesPanel({ pool, readAgain }: Props) {
  const [, create] = useMutation(createQueueDocument);
  return (
    <Panel
      title="Queues"
      flush
      aside={
        <FormDialog
          trigger={
            <Button size="small" look="quiet">
              New queue
            </Button>
          }
          title={`New queue of ${pool.name}`}
          schema={newQueue}
          submitLabel="Make the queue"
          onSubmit={async (value) => {
            const { data, error } = await create({
              queue: { workPool: pool.name, name: nameOf(value), ...changeOf(value) },
            });
            await readAgain();
            return answerOf(data?.createWorkQueue, error, { success: "WorkQueue", argument: "queue" });
          }}
        />
      }
    >
      <ul aria-label="Queues" className="divide-y divide-line">
        {pool.queues.map((queue) => (
          <Queue key={queue.id} queue={queue} readAgain={readAgain} />
        ))}
      </ul>
    </Panel>
  );
}

interface QueueProps {
  queue: PoolShown["queues"][number];
  readAgain: () => Promise<void>;
}

function Queue({ queue, readAgain }: QueueProps) {
  const { id, name, description, priority, concurrencyLimit, lateRuns, lastPolled } = queue;
  const [, update] = useMutation(updateQueueDocument);
  const open = useTurned(!queue.paused, setQueuePausedDocument, {
    variables: (on) => ({ id, paused: !on }),
    resultOf: (data) => data.setWorkQueuePaused,
    success: "WorkQueue",
    readAgain,
  });
  return (
    <li id={id} className="flex flex-col gap-2 px-4 py-3 target:bg-accent/8">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-52 flex-col gap-0.5">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 className="min-w-0 text-sm font-medium wrap-anywhere">{name}</h3>
            <span aria-live="polite">
              <WorkStatus status={queue.status} />
            </span>
          </div>
          {description ? <p className="text-[13px] text-soft">{description}</p> : null}
          <p className="flex flex-wrap gap-x-3 text-xs text-soft">
            <span>priority {priority}</span>
            <span>
              {concurrencyLimit == null
                ? "any number of runs"
                : `at most ${countOf(concurrencyLimit, "run")} at once`}
            </span>
            {lastPolled ? (
              <span>
                asked <Ago at={lastPolled} />
              </span>
            ) : (
              <span className="text-faint">never asked</span>
            )}
            {lateRuns === 0 ? null : (
              <span className="text-waiting-ink">{countOf(lateRuns, "late run")}</span>
            )}
          </p>
        </div>
        <div className="flex w-full items-center justify-end gap-2 sm:grid sm:w-auto sm:grid-cols-[auto_4.5rem_auto]">
          <FormDialog
            trigger={
              <Button size="small" look="quiet" aria-label={`Change ${name}`}>
                Change
              </Button>
            }
            title={`Change ${name}`}
            schema={changedQueue}
            start={{ ...startOfChange(queue), priority }}
            submitLabel="Save"
            onSubmit={async (value) => {
              const { data, error } = await update({ id, change: changeOf(value) });
              await readAgain();
              return answerOf(data?.updateWorkQueue, error, { success: "WorkQueue", argument: "change" });
            }}
          />
          {name === "default" ? null : (
            <DeleteDialog
              name={name}
              kind="queue"
              listed
              document={deleteQueueDocument}
              variables={{ id }}
              onDeleted={readAgain}
            >
              <p>
                The queue <strong className="text-ink">{name}</strong> goes. One that deployments use is not
                deleted.
              </p>
            </DeleteDialog>
          )}
          <span className="flex sm:col-start-3">
            <Toggle on={open.on} label={`${name} starts runs`} busy={open.busy} onChange={open.turn} />
          </span>
        </div>
      </div>
      {open.refusal === null ? null : (
        <Notice look="bad" alert>
          {name}: {open.refusal}
        </Notice>
      )}
    </li>
  );
}
