import Link from "next/link";
import { isJsonObject } from "../../../../core/json.ts";
import type { ActionRunStatus, FiringPartsFragment } from "../../../gql/graphql.ts";
import { jsonOf } from "../../../lib/json-of.ts";
import { ActionText, type DeploymentNames } from "../action-list.tsx";

const looks: Record<ActionRunStatus, { dot: string; text: string; said: string }> = {
  PENDING: { dot: "bg-planned", text: "text-planned-ink", said: "to be done" },
  RUNNING: { dot: "bg-going", text: "text-going-ink", said: "under way" },
  SUCCEEDED: { dot: "bg-good", text: "text-good-ink", said: "done" },
  FAILED: { dot: "bg-bad", text: "text-bad-ink", said: "failed" },
};

interface Props {
  run: FiringPartsFragment["actionRuns"][number];
  deployments: DeploymentNames;
}

/** One action of a firing, and how it went. */
export function ActionRun({ run, deployments }: Props) {
  const look = looks[run.status];
  const result = jsonOf(run.result);
  const flowRunId = isJsonObject(result) ? result.flow_run_id : undefined;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className={`flex w-22 items-baseline gap-2 text-xs font-medium ${look.text}`}>
          <span className={`size-2 -translate-y-px rounded-full ${look.dot}`} aria-hidden="true" />
          {look.said}
        </span>
        <span className="min-w-0 wrap-anywhere">
          <ActionText action={run.action} deployments={deployments} />
        </span>
        {typeof flowRunId === "string" ? (
          <Link href={`/runs/${flowRunId}`} prefetch={false} className="text-accent-ink hover:underline">
            run …{flowRunId.slice(-8)}
          </Link>
        ) : null}
        {run.attempts > 1 ? <span className="text-xs text-faint">attempt {run.attempts}</span> : null}
      </div>
      {run.error ? (
        <p className="rounded-md bg-bad/8 px-2.5 py-1.5 text-xs whitespace-pre-wrap wrap-anywhere text-bad-ink sm:ml-25">
          {run.error}
        </p>
      ) : null}
    </li>
  );
}
