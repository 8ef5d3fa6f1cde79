"use client";

import Link from "next/link";
import { isJsonObject, type JsonObject } from "../../../../core/json.ts";
import type { ActionRunStatus, ShownActionRunFragment } from "../../../gql/graphql.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { JsonView } from "../../../ui/json-view.tsx";
import { Moment } from "../../../ui/time.tsx";
import { ActionText } from "../action-list.tsx";
import type { Names } from "../names.ts";
import { FailedActionRun } from "./failed-action-run.tsx";

const looks: Record<ActionRunStatus, { dot: string; text: string; said: string }> = {
  PENDING: { dot: "bg-planned", text: "text-planned-ink", said: "to be done" },
  RUNNING: { dot: "bg-going", text: "text-going-ink", said: "under way" },
  SUCCEEDED: { dot: "bg-good", text: "text-good-ink", said: "done" },
  FAILED: { dot: "bg-bad", text: "text-bad-ink", said: "failed" },
};

interface Props {
  run: ShownActionRunFragment;
  names: Names;
  /** Resolves when the runs are shown as they are now. */
  readAgain: () => Promise<void>;
  /** It failed, and is carried out again. */
  onRetried?: (() => void) | undefined;
}

/** One action of a firing, how it went, and how it goes on. */
export function ActionRun({ run, names, readAgain, onRetried }: Props) {
  const look = looks[run.status];
  const result = jsonOf(run.result);
  const { flow_run_id: flowRunId, ...rest } = isJsonObject(result) ? result : {};
  return (
    <li className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className={`flex w-full items-baseline gap-2 text-xs font-medium sm:w-22 ${look.text}`}>
          <span className={`size-2 -translate-y-px rounded-full ${look.dot}`} aria-hidden="true" />
          {look.said}
        </span>
        <span className="min-w-0 wrap-anywhere">
          <ActionText action={run.action} names={names} />
        </span>
        {typeof flowRunId === "string" ? (
          <Link href={`/runs/${flowRunId}`} prefetch={false} className="text-link">
            run …{flowRunId.slice(-8)}
          </Link>
        ) : null}
        {run.attempts > 1 ? <span className="text-xs text-faint">attempt {run.attempts}</span> : null}
        {run.nextAttemptAt ? (
          <span className="text-xs text-faint">
            again at <Moment at={run.nextAttemptAt} />
          </span>
        ) : null}
        {run.status === "FAILED" ? (
          <FailedActionRun run={run} readAgain={readAgain} onRetried={onRetried} />
        ) : null}
      </div>
      {run.error ? (
        <p
          className={`rounded-md px-2.5 py-1.5 text-xs whitespace-pre-wrap wrap-anywhere sm:ml-25 ${run.status === "FAILED" ? "bg-bad/8 text-bad-ink" : "bg-waiting/10 text-waiting-ink"}`}
        >
          {run.error}
        </p>
      ) : null}
      <Result result={rest} />
    </li>
  );
}

function Result({ result }: { result: JsonObject }) {
  if (Object.keys(result).length === 0) return null;
  return (
    <details className="sm:ml-25">
      <summary className="w-fit text-xs text-soft hover:text-ink">Result</summary>
      <JsonView value={result} className="mt-1 rounded-md bg-sunk px-2.5 py-1.5" />
    </details>
  );
}
