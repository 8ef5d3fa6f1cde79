"use client";

import Link from "next/link";
import type { PoolPartsFragment } from "../../gql/graphql.ts";
import { countOf } from "../../ui/count-of.ts";
import { Notice } from "../../ui/notice.tsx";
import { Ago } from "../../ui/time.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { useTurned } from "../../ui/use-turned.ts";
import { setPoolPausedDocument } from "./documents.ts";
import { WorkStatus } from "./work-status.tsx";

interface Props {
  pool: PoolPartsFragment;
  readAgain: () => Promise<void>;
}

/** One pool of the list. */
export function PoolItem({ pool, readAgain }: Props) {
  const { id, name, description, queues, workers, concurrencyLimit, lastPolled } = pool;
  const open = useTurned(!pool.paused, setPoolPausedDocument, {
    variables: (on) => ({ id, paused: !on }),
    resultOf: (data) => data.setWorkPoolPaused,
    success: "WorkPool",
    readAgain,
  });
  const online = workers.filter((worker) => worker.online).length;
  const late = queues.reduce((sum, queue) => sum + queue.lateRuns, 0);
  return (
    <li className="relative flex flex-col gap-2 px-4 py-3 focus-within:bg-sunk/60 hover:bg-sunk/60">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1">
          <h2 className="min-w-0 text-sm font-medium wrap-anywhere">
            <Link href={`/work-pools/${id}`} prefetch={false} className="row-link">
              {name}
            </Link>
            <span className="ml-2 text-xs font-normal text-faint">{pool.type}</span>
          </h2>
          {description ? <p className="line-clamp-2 text-[13px] text-soft">{description}</p> : null}
          <p className="flex flex-wrap gap-x-3 text-[13px] text-soft">
            <span>{countOf(queues.length, "queue")}</span>
            <span>{online === 0 ? "no worker online" : `${countOf(online, "worker")} online`}</span>
            <span>
              {concurrencyLimit == null
                ? "any number of runs"
                : `at most ${countOf(concurrencyLimit, "run")} at once`}
            </span>
            {late === 0 ? null : <span className="text-waiting-ink">{countOf(late, "late run")}</span>}
          </p>
        </div>
        <div className="flex w-full items-center gap-4 sm:w-auto">
          <span className="w-24" aria-live="polite">
            <WorkStatus status={pool.status} />
          </span>
          <span className="mr-auto text-xs text-soft sm:w-32 sm:text-right">
            {lastPolled ? (
              <>
                asked <Ago at={lastPolled} />
              </>
            ) : (
              <span className="text-faint">never asked</span>
            )}
          </span>
          <span className="relative">
            <Toggle on={open.on} label={`${name} starts runs`} busy={open.busy} onChange={open.turn} />
          </span>
        </div>
      </div>
      {open.refusal === null ? null : (
        <Notice look="bad" alert>
          {name} stays {pool.paused ? "paused" : "as it is"}: {open.refusal}
        </Notice>
      )}
    </li>
  );
}
