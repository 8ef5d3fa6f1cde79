import { fitEvent } from "../event/fit.ts";
import type { UntimedEvent } from "../event/untimed-event.ts";
import { type Named, relatedQueue, relatedResource, type ToldQueue } from "../flow-run/told-run.ts";

/** A deployment, as its events show it. */
export interface ToldDeployment extends Named {
  flow: Named;
  /** Where its runs wait for workers; null where whoever serves it runs it. */
  queue: ToldQueue | null;
  tags: readonly string[];
  version: string | null;
  paused: boolean;
}

export type DeploymentStatus = "ready" | "not-ready" | "disabled";

/**
 * What became of a deployment; `changed` names the fields of its registration that are others now. It is ready while a runner or
 * a worker asks for its runs, and disabled once it is paused.
 */
export type DeploymentChange =
  | { verb: "created" | "deleted" | DeploymentStatus }
  | { verb: "updated"; changed: readonly string[] };

/** The event of what became of a deployment. Pure. */
export function deploymentEvent(
  id: string,
  deployment: ToldDeployment,
  change: DeploymentChange,
): UntimedEvent {
  const { flow, queue, tags, version, paused } = deployment;
  return fitEvent({
    id,
    event: `prefect.deployment.${change.verb}`,
    resource: {
      "prefect.resource.id": `prefect.deployment.${deployment.id}`,
      "prefect.resource.name": deployment.name,
    },
    related: [
      relatedResource(`prefect.flow.${flow.id}`, "flow", flow.name),
      ...(queue === null ? [] : relatedQueue(queue)),
      ...[...new Set(tags)].sort().map((tag) => relatedResource(`prefect.tag.${tag}`, "tag")),
    ],
    payload: {
      version,
      paused,
      ...(change.verb === "updated" ? { changed: [...change.changed] } : {}),
    },
    chain: [],
  });
}
