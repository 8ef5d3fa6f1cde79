import { fitEvent } from "../event/fit.ts";
import type { UntimedEvent } from "../event/untimed-event.ts";
import { type Named, relatedResource } from "../flow-run/told-run.ts";

/** A deployment, as its events show it. */
export interface ToldDeployment extends Named {
  flow: Named;
  tags: readonly string[];
  version: string | null;
  paused: boolean;
}

/** What became of a deployment; `changed` names the fields of its registration that are others now. */
export type DeploymentChange = { verb: "created" } | { verb: "updated"; changed: readonly string[] };

/** The event of a registration that created or changed a deployment. Pure. */
export function deploymentEvent(
  id: string,
  deployment: ToldDeployment,
  change: DeploymentChange,
): UntimedEvent {
  const { flow, tags, version, paused } = deployment;
  return fitEvent({
    id,
    event: `prefect.deployment.${change.verb}`,
    resource: {
      "prefect.resource.id": `prefect.deployment.${deployment.id}`,
      "prefect.resource.name": deployment.name,
    },
    related: [
      relatedResource(`prefect.flow.${flow.id}`, "flow", flow.name),
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
