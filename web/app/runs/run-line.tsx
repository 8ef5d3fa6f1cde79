import Link from "next/link";
import type { RunLinePartsFragment } from "../../gql/graphql.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Ago } from "../../ui/time.tsx";
import { Ran } from "./ran.tsx";

/** A run in one line, for lists beside other things. */
export function RunLine({ run }: { run: RunLinePartsFragment }) {
  const { startedAt, expectedStart, createdAt, createdBy } = run;
  return (
    <li className="relative flex items-center gap-3 px-4 py-1.5 text-[13px] focus-within:bg-sunk/60 hover:bg-sunk/60">
      <Link
        href={`/runs/${run.id}`}
        prefetch={false}
        className="row-link min-w-0 flex-1 truncate font-medium"
      >
        {run.name}
      </Link>
      {createdBy?.startsWith("prefect.automation.") ? (
        <span className="hidden text-xs text-faint sm:inline">by an automation</span>
      ) : null}
      <StateBadge state={run.state} />
      <span className="w-18 shrink-0 text-right text-xs text-soft">
        <Ago at={startedAt ?? expectedStart ?? createdAt} />
      </span>
      <span className="hidden w-16 shrink-0 text-right text-xs text-soft sm:block">
        <Ran run={run} />
      </span>
    </li>
  );
}
