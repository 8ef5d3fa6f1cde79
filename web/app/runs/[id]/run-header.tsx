import Link from "next/link";
import type { RunFragment } from "../../../gql/graphql.ts";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { StateBadge } from "../../../ui/state-badge.tsx";
import { Tags } from "../../../ui/tags.tsx";
import { Ago } from "../../../ui/time.tsx";
import { MadeBy } from "./made-by.tsx";
import { RanFact } from "./ran-fact.tsx";
import { RunActions } from "./run-actions.tsx";

interface Props {
  run: RunFragment;
  /** It is so now, by what was done with it here. */
  onChanged: (run: RunFragment) => void;
}

/** What a run is, how it stands, and what can be done with it. */
export function RunHeader({ run, onChanged }: Props) {
  return (
    <PageHead
      above={[{ href: "/runs", name: "Runs" }]}
      title={run.name}
      beside={
        <span aria-live="polite">
          <StateBadge state={run.state} large />
        </span>
      }
      actions={<RunActions run={run} onChanged={onChanged} />}
    >
      <Facts>
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
        <MadeBy run={run} />
        <Fact name="Attempt">{Math.max(1, run.runCount)}</Fact>
        <Fact name={run.startedAt ? "Started" : run.expectedStart ? "Due" : "Created"}>
          <Ago at={run.startedAt ?? run.expectedStart ?? run.createdAt} />
        </Fact>
        <RanFact run={run} />
      </Facts>
      <IdLine id={run.id} />
      <Tags tags={run.tags} />
    </PageHead>
  );
}
