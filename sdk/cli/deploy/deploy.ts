import { say as sayAutomation } from "../automation/apply.ts";
import { Failure } from "../failure.ts";
import { plain } from "../text/plain.ts";
import { documentText } from "../text/print.ts";
import { applyAutomations, automationIssues, refusedAutomations } from "./apply-automations.ts";
import { describeAll } from "./described.ts";
import { knownDeployments } from "./known-names.ts";
import type { DeployOptions } from "./options.ts";
import { planOf, refuse } from "./plan.ts";
import { inputOf, type Outcome, refusal, register } from "./register.ts";
import { offerToSave } from "./save.ts";
import { readSource } from "./source.ts";
import { outcomeText } from "./summary.ts";

/**
 * `antiphon deploy`: everything is read, filled in and checked before anything is registered. A deployment that the server refuses
 * all the same does not keep the others from being registered, and makes the command fail.
 */
export async function deploy(entrypoint: string | undefined, options: DeployOptions): Promise<void> {
  const source = await readSource(options.file ?? options.prefectFile);
  const plan = await planOf(source, entrypoint, options);
  for (const warning of plan.warnings) console.error(`warning: ${plain(warning)}`);
  const { deployments, automations } = plan;
  if (deployments.length === 0 && automations.length === 0)
    throw new Failure(`${source.file} holds no deployments and no automations`);
  const described = await describeAll(source, deployments);
  const before = await knownDeployments();
  const toCome = described
    .map(({ deployment: { name }, flowName }) => ({ name, fullName: `${flowName}/${name}`, id: null }))
    .filter(({ fullName }) => !before.some((one) => one.fullName === fullName));
  refuse(source, await automationIssues(automations, [...before, ...toCome]));
  const { output } = options;
  if (options.dryRun) {
    const inputs = {
      deployments: described.map(inputOf),
      automations: automations.map(({ value }) => value),
    };
    process.stdout.write(documentText(inputs, output ?? "yaml"));
    const refusals = await Promise.all(described.map((one) => refusal(source, one)));
    for (const refused of refusals) if (refused !== null) say(refused);
    const wrong = await refusedAutomations(source, automations, [...before, ...toCome]);
    for (const refused of wrong) sayAutomation(refused, true);
    if (wrong.length > 0 || refusals.some((refused) => refused !== null)) process.exitCode = 1;
    return;
  }
  const done: Outcome[] = [];
  for (const one of described) {
    const fullName = `${one.flowName}/${one.deployment.name}`;
    const same = before.find((known) => known.fullName === fullName);
    const outcome = await register(source, one, same ?? null);
    done.push(outcome);
    if (!output) say(outcome);
  }
  const applied =
    automations.length === 0 ? [] : await applyAutomations(source, automations, await knownDeployments());
  if (output) process.stdout.write(documentText({ deployments: done, automations: applied }, output));
  else for (const outcome of applied) sayAutomation(outcome, false);
  if ([...done, ...applied].some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
  else await offerToSave(source, entrypoint, options, deployments);
}

function say(outcome: Outcome): void {
  const isRefused = outcome.outcome === "refused";
  (isRefused ? console.error : console.log)(outcomeText(outcome));
  for (const issue of outcome.issues) console.error(`  ${isRefused ? "" : "warning: "}${plain(issue)}`);
}
