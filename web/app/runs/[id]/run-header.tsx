import Link from "next/link";
import type { RunFragment } from "../../../gql/graphql.ts";
import { Fact } from "../../../ui/fact.tsx";
import { ResourceLink } from "../../../ui/resource-link.tsx";
import { StateBadge } from "../../../ui/state-badge.tsx";
import { Tags } from "../../../ui/tags.tsx";
import { Ago, Length } from "../../../ui/time.tsx";
import { RunActions } from "./run-actions.tsx";

interface Props {
  run: RunFragment;
  /** It is so now, by what was done with it here. */
  onChanged: (run: RunFragment) => void;
}

/** What a run is, how it stands, and what can be done with it. */
export function RunHeader({ run, onChanged }: Props) {
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Where this is" className="text-[13px] text-soft">
        <Link href="/runs" className="hover:text-ink hover:underline">
          Runs
        </Link>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{run.name}</h1>
        <span aria-live="polite">
          <StateBadge state={run.state} large />
        </span>
        <div className="sm:ml-auto">
          <RunActions run={run} onChanged={onChanged} />
        </div>
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1.5 text-[13px]">
        <Fact name="Flow">
          <Link href={`/runs?flow=${encodeURIComponent(run.flow.name)}`} className="hover:underline">
            {run.flow.name}
          </Link>
        </Fact>
        {run.deployment ? (
          <Fact name="Deployment">
            <Link href={`/deployments/${run.deployment.id}`} prefetch={false} className="hover:underline">
              {run.deployment.fullName}
            </Link>
          </Fact>
        ) : null}
        {run.workQueue ? (
          <Fact name="Work pool">
            <Link
              href={`/work-pools/${run.workQueue.workPool.id}`}
              prefetch={false}
              className="hover:underline"
            >
              {run.workQueue.workPool.name}
            </Link>
            <span className="text-soft"> / {run.workQueue.name}</span>
          </Fact>
        ) : null}
        {run.createdBy ? (
          <Fact name="Made by">
            <ResourceLink
              labels={{
                "prefect.resource.id": run.createdBy,
                ...(run.createdByName ? { "prefect.resource.name": run.createdByName } : {}),
              }}
            />
          </Fact>
        ) : null}
        <Fact name="Attempt">{Math.max(1, run.runCount)}</Fact>
        <Fact name={run.startedAt ? "Started" : run.expectedStart ? "Due" : "Created"}>
          <Ago at={run.startedAt ?? run.expectedStart ?? run.createdAt} />
        </Fact>
        {run.startedAt ? (
          <Fact name={run.endedAt ? "Took" : "For"}>
            <Length from={run.startedAt} to={run.endedAt} />
          </Fact>
        ) : null}
      </dl>
      <Tags tags={run.tags} />
    </header>
  );
}
