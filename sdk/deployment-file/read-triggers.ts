import { parseDeploymentTriggers } from "../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../core/automation/owned-automations.ts";
import { placeText } from "../../core/document/place-text.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { InvalidInputError } from "../../core/error.ts";

/** Checks a deployment's triggers as the server will; each problem is told where the trigger is written. */
export function checkTriggers(
  reading: Reading,
  triggers: readonly Given[],
  path: readonly string[],
  name: string,
): void {
  try {
    const list = triggers.map(({ value }) => value);
    // Only what it is called in messages: the deployment has no id yet.
    ownedAutomations(parseDeploymentTriggers(list, { path }), { id: "", name }, path);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    for (const issue of error.issues) {
      const [at, ...inside] = issue.path.slice(path.length);
      const given = triggers[Number(at)];
      const place = given === undefined ? issue.path : [...given.path, ...inside];
      const message = issue.message.replace(placeText(issue.path), placeText(place));
      // A shared trigger is looked at once for each deployment that names it.
      if (!reading.issues.some((one) => one.message === message))
        reading.issues.push({ path: place, message });
    }
  }
}
