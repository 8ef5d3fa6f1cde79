import { type ActionLists, actionLists } from "./automation.ts";

/** The resource ids of what an automation's actions name, each once: it is shown with them too. */
export function relatedResources(automation: ActionLists): string[] {
  return [...new Set(selectedDeployments(automation).map(({ id }) => `prefect.deployment.${id}`))];
}

/** The deployments that its actions name, each with its place in the document. */
export function selectedDeployments(automation: ActionLists): { id: string; path: string[] }[] {
  return actionLists.flatMap(({ key, name }) =>
    automation[key].flatMap((action, index) =>
      action.type === "run-deployment" && action.deployment.source === "selected"
        ? [{ id: action.deployment.id.toLowerCase(), path: [name, String(index), "deployment_id"] }]
        : [],
    ),
  );
}
