import Link from "next/link";
import type { DeploymentsQuery } from "../../gql/graphql.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Tags } from "../../ui/tags.tsx";
import { Ago } from "../../ui/time.tsx";
import { DeploymentStatus } from "./deployment-status.tsx";
import { RunDeployment } from "./run-deployment.tsx";
import { scheduleWords } from "./schedule-words.ts";

export type ListedDeployment = DeploymentsQuery["deployments"][number];

/** One deployment of the list. */
export function DeploymentItem({ deployment }: { deployment: ListedDeployment }) {
  const { id, fullName, description, tags, automations, schedules, workPool, version } = deployment;
  const [last] = deployment.recentRuns;
  return (
    <li
      id={id}
      className="relative flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 focus-within:bg-sunk/60 hover:bg-sunk/60 target:bg-accent/8"
    >
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1 sm:pt-1.5">
        <h2 className="min-w-0 text-sm font-medium wrap-anywhere">
          <Link href={`/deployments/${id}`} prefetch={false} className="row-link">
            {fullName}
          </Link>
          {version ? <span className="ml-2 text-xs font-normal text-faint">{version}</span> : null}
        </h2>
        {description ? (
          <div className="relative line-clamp-2 text-[13px] text-soft">
            <Markdown text={description} />
          </div>
        ) : null}
        <Schedules schedules={schedules} paused={deployment.paused} />
        <Tags tags={tags} />
        <Triggers automations={automations} />
      </div>
      <div className="flex w-full flex-wrap items-center gap-x-4 gap-y-2 sm:w-auto">
        <div className="flex min-w-0 flex-col gap-0.5 sm:w-32">
          <DeploymentStatus paused={deployment.paused} status={deployment.status} />
          {workPool ? (
            <Link
              href={`/work-pools/${workPool.id}`}
              prefetch={false}
              className="relative truncate text-xs text-faint hover:text-ink hover:underline"
            >
              in {workPool.name}
            </Link>
          ) : null}
        </div>
        <div className="ml-auto flex flex-wrap items-center justify-end gap-x-2 gap-y-0.5 text-xs text-soft sm:w-44">
          {last === undefined ? (
            <span className="text-faint">never run</span>
          ) : (
            <>
              <Ago at={last.startedAt ?? last.createdAt} />
              <Link href={`/runs/${last.id}`} prefetch={false} className="relative" title={last.name}>
                <span className="sr-only">Last run {last.name}: </span>
                <StateBadge state={last.state} />
              </Link>
            </>
          )}
        </div>
        <div className="relative">
          <RunDeployment deployment={deployment} />
        </div>
      </div>
    </li>
  );
}

const shownSchedules = 3;

function Schedules({ schedules, paused }: Pick<ListedDeployment, "schedules" | "paused">) {
  if (schedules.length === 0) return null;
  const more = schedules.length - shownSchedules;
  return (
    <ul aria-label="Schedules" className="flex flex-col text-[13px] text-soft">
      {schedules.slice(0, shownSchedules).map((schedule) => (
        <li key={schedule.id} className={schedule.active && !paused ? "" : "text-faint"}>
          <span className="inline-block first-letter:uppercase">{scheduleWords(schedule)}</span>
          {schedule.active ? null : " (off)"}
        </li>
      ))}
      {more > 0 ? <li className="text-faint">and {more} more</li> : null}
    </ul>
  );
}

/** The automations that belong to a deployment, or run it. */
function Triggers({ automations }: Pick<ListedDeployment, "automations">) {
  if (automations.length === 0) return null;
  return (
    <ul aria-label="Automations" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {automations.map(({ id, name, enabled }) => (
        <li key={id} className="relative flex max-w-full min-w-0 items-center gap-1.5">
          <span
            className={`size-1.5 shrink-0 rounded-full ${enabled ? "bg-accent" : "bg-strong"}`}
            aria-hidden="true"
          />
          <Link
            href={`/automations/${id}`}
            prefetch={false}
            className="truncate text-soft underline-offset-2 hover:text-ink hover:underline"
          >
            {name}
            {enabled ? null : <span className="text-faint"> (disabled)</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
