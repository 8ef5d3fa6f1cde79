import Link from "next/link";
import type { RunRowFragment } from "../../gql/graphql.ts";
import { LinkPending } from "../../ui/link-pending.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Tags } from "../../ui/tags.tsx";
import { Ago } from "../../ui/time.tsx";
import { Ran } from "./ran.tsx";

const columns =
  "sm:grid-cols-[minmax(0,1fr)_11rem_6rem_6rem] lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_11rem_6rem_6rem]";

/** Runs, one a row; a row leads to its run. `upcoming`: none of them has begun. */
export function RunTable({ runs, upcoming }: { runs: readonly RunRowFragment[]; upcoming: boolean }) {
  return (
    <>
      <div
        aria-hidden="true"
        className={`hidden gap-4 border-b border-line px-4 py-2 text-xs text-faint sm:grid ${columns}`}
      >
        <span>Run</span>
        <span className="hidden lg:block">Flow</span>
        <span>State</span>
        <span className="text-right">{upcoming ? "Due" : "Started"}</span>
        <span className="text-right">Ran</span>
      </div>
      <ul>
        {runs.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </ul>
    </>
  );
}

function Row({ run }: { run: RunRowFragment }) {
  const flow = run.deployment ? `${run.flow.name} / ${run.deployment.name}` : run.flow.name;
  return (
    <li
      className={`relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-0 focus-within:bg-sunk/60 hover:bg-sunk/60 sm:min-h-15 ${columns}`}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <Link href={`/runs/${run.id}`} prefetch={false} className="row-link truncate text-sm font-medium">
          {run.name}
          <LinkPending />
        </Link>
        <span className="truncate text-xs text-soft lg:hidden">{flow}</span>
        <Tags tags={run.tags} />
      </div>
      <span className="hidden truncate text-sm text-soft lg:block" title={flow}>
        {flow}
      </span>
      <span className="flex min-w-0 flex-wrap items-center justify-end gap-1.5 sm:justify-start">
        <StateBadge state={run.state} />
        {run.pause ? (
          <Link
            href={`/runs/${run.id}/resume`}
            prefetch={false}
            className="relative rounded px-1 text-xs font-medium text-accent-ink underline-offset-2 hover:underline"
          >
            {run.awaitedInput ? "Answer" : "Resume"}
            <span className="sr-only"> {run.name}</span>
          </Link>
        ) : null}
      </span>
      <span className="text-xs text-soft sm:text-right">
        <Ago at={run.startedAt ?? run.expectedStart ?? run.createdAt} />
      </span>
      <span className="text-right text-xs text-soft">
        <Ran run={run} />
      </span>
    </li>
  );
}
