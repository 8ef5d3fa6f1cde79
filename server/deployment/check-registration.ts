import { type DeploymentTrigger, parseDeploymentTriggers } from "../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../core/automation/owned-automations.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import { triggerLimits } from "../automation/check-definition.ts";
import { templateIssues } from "../automation/check-templates.ts";
import type { Context } from "../context.ts";
import { checkSchedules } from "../schedule/check-schedules.ts";
import { checkDeployment } from "./check-deployment.ts";
import type { DeploymentArgs } from "./deployment-fields.ts";
import type { ParameterRules } from "./run-parameters.ts";

export interface DeploymentWithTriggers extends DeploymentArgs {
  /** A list of trigger documents; none where it is left out. */
  triggers?: unknown;
  /** Each with the fields of `ScheduleInput`; none where it is left out. */
  schedules?: readonly unknown[] | null | undefined;
}

export const triggersPath = ["deployment", "triggers"];

/** Why a deployment would not be registered; none where it would. Nothing is stored. */
export async function registrationIssues(
  ctx: Context,
  deployment: DeploymentWithTriggers,
): Promise<readonly Issue[]> {
  try {
    await checkRegistration(ctx, deployment);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
}

/**
 * Looks at a deployment as registering it does, before anything is stored: all but what only its stored triggers can tell.
 *
 * @throws InvalidInputError
 */
export async function checkRegistration(
  ctx: Context,
  deployment: DeploymentWithTriggers,
): Promise<{ triggers: DeploymentTrigger[]; schedules: ScheduleDefinition[] }> {
  const issues: Issue[] = [];
  const collect = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      issues.push(...error.issues);
      return undefined;
    }
  };
  await collect(() => checkDeployment(ctx, deployment));
  // With what is wrong in the deployment itself nothing can be said of its runs.
  const rules = issues.length > 0 ? null : parameterRules(deployment);
  const limits = triggerLimits(ctx.settings);
  const triggers = await collect(() =>
    parseDeploymentTriggers(deployment.triggers, { ...limits, path: triggersPath }),
  );
  const schedules = await collect(() =>
    checkSchedules(ctx, deployment.schedules, { path: ["deployment", "schedules"], deployment: rules }),
  );
  if (issues.length > 0 || triggers === undefined || schedules === undefined)
    throw new InvalidInputError(issues);
  const owned = ownedAutomations(triggers, { id: ctx.newId(), name: deployment.name }, triggersPath);
  await checkOwned(owned, (definition) => templateIssues(ctx, definition));
  return { triggers, schedules };
}

/** Of a checked deployment. */
function parameterRules({
  parameters,
  parameterSchema,
  enforceParameterSchema,
}: DeploymentArgs): ParameterRules {
  return {
    parameters: parameters ?? {},
    parameterSchema: (parameterSchema ?? null) as JsonSchema | null, // checkDeployment has found it to be one
    enforceSchema: enforceParameterSchema ?? true,
  };
}

/**
 * Looks at what triggers come to. Their actions are made of their own fields, so what is wrong in those is told of these.
 *
 * @throws InvalidInputError
 */
export async function checkOwned<Owned>(
  owned: readonly Owned[],
  issuesOf: (definition: Owned) => Promise<readonly Issue[]>,
): Promise<void> {
  const issues: Issue[] = [];
  for (const [at, definition] of owned.entries())
    for (const issue of await issuesOf(definition)) {
      const [, , ...field] = issue.path;
      issues.push({ ...issue, path: [...triggersPath, String(at), ...field] });
    }
  if (issues.length > 0) throw new InvalidInputError(issues);
}
