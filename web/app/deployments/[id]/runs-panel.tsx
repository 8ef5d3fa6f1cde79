import Link from "next/link";
import type { RunLinePartsFragment } from "../../../gql/graphql.ts";
import { Panel } from "../../../ui/panel.tsx";
import { RunLine } from "../../runs/run-line.tsx";
import type { DeploymentShown } from "./deployment-view.tsx";

/** What of a deployment's runs is to come, and what has been. */
export function RunsPanel({ deployment }: { deployment: DeploymentShown }) {
  const { id, upcomingRuns, recentRuns } = deployment;
  return (
    <Panel
      title="Runs"
      flush
      aside={
        <Link
          href={`/runs?deployment=${id}`}
          prefetch={false}
          className="text-[13px] text-soft hover:text-ink hover:underline"
        >
          All its runs
        </Link>
      }
    >
      <Runs name="Upcoming" runs={upcomingRuns} none="No run is planned." />
      <Runs name="Recent" runs={recentRuns} none="It has not run yet." />
    </Panel>
  );
}

function Runs({ name, runs, none }: { name: string; runs: readonly RunLinePartsFragment[]; none: string }) {
  return (
    <section aria-label={`${name} runs`} className="not-first:border-t not-first:border-line">
      <h3 className="px-4 pt-3 pb-1 text-xs text-faint">{name}</h3>
      {runs.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-soft">{none}</p>
      ) : (
        <ul className="pb-1">
          {runs.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}
