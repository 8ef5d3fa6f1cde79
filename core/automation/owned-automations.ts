import { placeText } from "../document/place-text.ts";
import { invalid } from "../document/reading.ts";
import type { OwnedAutomation } from "./automation.ts";
import type { DeploymentTrigger } from "./deployment-trigger.ts";
import { loopIssues } from "./loop-prevention.ts";

/**
 * The automations that a deployment's triggers stand for: each runs that deployment. One without a name is named by its place in the
 * list, from 1.
 *
 * @param path where the list stands in what was given
 * @throws InvalidInputError where two have one name, or where one would start itself again without end
 */
export function ownedAutomations(
  triggers: readonly DeploymentTrigger[],
  deployment: { id: string; name: string },
  path: readonly string[] = ["triggers"],
): OwnedAutomation[] {
  const owned = triggers.map((given, index) => ownedAutomation(given, index, deployment));
  const issues = owned.flatMap((automation, index) => {
    const place = [...path, String(index)];
    const loops = loopIssues({ ...automation, enabled: automation.enabled ?? true });
    const first = owned.findIndex(({ name }) => name === automation.name);
    const twice = `${placeText([...place, "name"])} is ${JSON.stringify(automation.name)}, like that of ${placeText([...path, String(first)])}`;
    return [
      ...loops.map(({ message }) => ({ path: place, message: `${placeText(place)}: ${message}` })),
      ...(first < index ? [{ path: [...place, "name"], message: twice }] : []),
    ];
  });
  if (issues.length > 0) throw invalid(issues);
  return owned;
}

function ownedAutomation(
  given: DeploymentTrigger,
  index: number,
  deployment: { id: string; name: string },
): OwnedAutomation {
  return {
    name: given.name ?? `${deployment.name}__automation_${index + 1}`,
    description: given.description,
    enabled: given.enabled,
    tags: [],
    trigger: given.trigger,
    actions: [
      {
        type: "run-deployment",
        deployment: { source: "selected", id: deployment.id },
        parameters: given.parameters,
        ...(given.jobVariables !== undefined && { jobVariables: given.jobVariables }),
        scheduleAfter: given.scheduleAfter,
      },
    ],
    actionsOnTrigger: [],
    actionsOnResolve: [],
  };
}
