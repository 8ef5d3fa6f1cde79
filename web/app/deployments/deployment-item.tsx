import Link from "next/link";
import type { DeploymentsQuery } from "../../gql/graphql.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { Tags } from "../../ui/tags.tsx";
import { RunDeployment } from "./run-deployment.tsx";

export type Deployment = DeploymentsQuery["deployments"][number];

/** One deployment of the list. */
export function DeploymentItem({ deployment }: { deployment: Deployment }) {
  const ready = deployment.status === "READY";
  return (
    <li
      id={deployment.id}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 target:bg-accent/8"
    >
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1">
        <h2 className="truncate text-sm font-medium">{deployment.fullName}</h2>
        {deployment.description ? (
          <div className="line-clamp-2 text-[13px] text-soft">
            <Markdown text={deployment.description} />
          </div>
        ) : null}
        <Tags tags={deployment.tags} />
        <Triggers automations={deployment.automations} />
      </div>
      <span
        className="flex w-28 items-center gap-2 text-xs text-soft"
        title={ready ? "A runner serves it" : "No runner serves it now: runs wait until one does"}
      >
        <span
          className={`size-2 rounded-full ${deployment.paused ? "bg-waiting" : ready ? "bg-good" : "bg-strong"}`}
          aria-hidden="true"
        />
        {deployment.paused ? "Paused" : ready ? "Ready" : "No runner"}
      </span>
      {deployment.version ? <span className="text-xs text-faint">{deployment.version}</span> : null}
      <div className="flex items-center gap-3">
        <Link
          href={`/runs?flow=${encodeURIComponent(deployment.flow.name)}`}
          className="text-[13px] text-soft underline-offset-2 hover:underline"
        >
          Runs
        </Link>
        <RunDeployment deployment={deployment} />
      </div>
    </li>
  );
}

/** The automations that belong to a deployment, or run it. */
function Triggers({ automations }: Pick<Deployment, "automations">) {
  if (automations.length === 0) return null;
  return (
    <ul aria-label="Automations" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {automations.map(({ id, name, enabled }) => (
        <li key={id} className="flex max-w-full min-w-0 items-center gap-1.5">
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
