import type { ActionLists } from "../../core/automation/automation.ts";
import type { DeploymentTrigger } from "../../core/automation/deployment-trigger.ts";
import { parseDeploymentTriggers } from "../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../core/automation/owned-automations.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import { appendVersions } from "../automation/append-versions.ts";
import { triggerLimits } from "../automation/check-definition.ts";
import { templateIssues } from "../automation/check-templates.ts";
import { jobVariableProblems } from "../automation/job-variables.ts";
import { type Reconciled, reconcileOwned } from "../automation/reconcile-owned.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { findOrCreateFlow } from "../flow-run/find-flow.ts";
import { checkSchedules } from "../schedule/check-schedules.ts";
import { reconcileSchedules, type ScheduleChanges } from "../schedule/reconcile-schedules.ts";
import { checkDeployment } from "./check-deployment.ts";
import type { DeploymentArgs } from "./deployment-fields.ts";
import { findQueue } from "./find-queue.ts";
import type { ParameterRules } from "./run-parameters.ts";
import { markStopped, ownerResource, resumeTriggers, stoppedTriggers } from "./stopped-triggers.ts";
import { storeDeployment } from "./store-deployment.ts";

export interface DeploymentWithTriggers extends DeploymentArgs {
  /** A list of trigger documents; none where it is left out. */
  triggers?: unknown;
  /** Each with the fields of `ScheduleInput`; none where it is left out. */
  schedules?: readonly unknown[] | null | undefined;
}

/** A deployment that was registered, and what became of its triggers and schedules. */
export interface Registered {
  id: string;
  triggers: Omit<Reconciled, "events">;
  schedules: ScheduleChanges;
}

const path = ["deployment", "triggers"];

/**
 * Creates a deployment or brings it up to date, and makes the automations that it owns exactly the given triggers, and its schedules the
 * given ones, in one transaction. All of it is checked before any of it is stored.
 *
 * @throws InvalidInputError
 */
export async function registerDeployment(
  ctx: Context,
  { deployment }: { deployment: DeploymentWithTriggers },
): Promise<Registered> {
  const { triggers, schedules } = await check(ctx, deployment);
  await checkTriggerTemplates(ctx, triggers, deployment.name);
  const flowId = await findOrCreateFlow(ctx, deployment.flowName, ["deployment", "flowName"]);
  const { events, committed, ...registered } = await ctx.db.transaction(async (tx) => {
    const flow = { id: flowId, name: deployment.flowName };
    const queue = await findQueue(tx, deployment, ["deployment"]);
    // Holds the deployment: of two registrations at once the second finds what the first has made.
    const stored = await storeDeployment(tx, ctx, flow, deployment, queue);
    const scheduled = await reconcileSchedules(tx, ctx, stored, schedules);
    const also = scheduled.changed ? ["schedules"] : [];
    const { events, ...changes } = await reconcile(
      tx,
      ctx,
      { id: stored.id, name: deployment.name },
      triggers,
    );
    // Workers run it from now on: nobody need serve it.
    if (queue !== null)
      events.push(...(await resumeTriggers(tx, ctx, stored.id, "its deployment is run by workers")).events);
    const all: NewEvent[] = [...(await stored.events(also)), ...events];
    if (events.length > 0) tx.last(appendVersions(all));
    else if (all.length > 0) tx.last(appendEvents(all));
    const { changes: schedulesChanged, committed } = scheduled;
    return { id: stored.id, triggers: changes, schedules: schedulesChanged, events: all, committed };
  });
  committed();
  // A higher limit lets more runs begin.
  if (events.length > 0) ctx.bus.notify("events", "claimable");
  return registered;
}

async function check(
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
  const triggers = await collect(() => parseDeploymentTriggers(deployment.triggers, { ...limits, path }));
  const schedules = await collect(() =>
    checkSchedules(ctx, deployment.schedules, { path: ["deployment", "schedules"], deployment: rules }),
  );
  if (issues.length > 0 || triggers === undefined || schedules === undefined)
    throw new InvalidInputError(issues);
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

/** The actions of a trigger are made of its own fields, so their templates stand in those. @throws InvalidInputError */
async function checkTriggerTemplates(
  ctx: Context,
  triggers: readonly DeploymentTrigger[],
  name: string,
): Promise<void> {
  const owned = ownedAutomations(triggers, { id: ctx.newId(), name }, path);
  const issues: Issue[] = [];
  for (const [at, definition] of owned.entries())
    for (const issue of await templateIssues(ctx, definition)) {
      const [, , ...field] = issue.path;
      issues.push({ ...issue, path: [...path, String(at), ...field] });
    }
  if (issues.length > 0) throw new InvalidInputError(issues);
}

/** By the pool that the deployment has now. @throws InvalidInputError */
async function checkTriggerVariables(tx: Transaction, owned: readonly ActionLists[]): Promise<void> {
  const issues: Issue[] = [];
  for (const [at, definition] of owned.entries())
    for (const issue of await jobVariableProblems(tx, definition)) {
      const [, , ...field] = issue.path;
      issues.push({ ...issue, path: [...path, String(at), ...field] });
    }
  if (issues.length > 0) throw new InvalidInputError(issues);
}

async function reconcile(
  tx: Transaction,
  ctx: Context,
  deployment: { id: string; name: string },
  triggers: readonly DeploymentTrigger[],
): Promise<Reconciled> {
  const owned = ownedAutomations(triggers, deployment, path);
  await checkTriggerVariables(tx, owned);
  const stopped = await stoppedTriggers(tx, deployment.id);
  const done = await reconcileOwned(tx, ctx, ownerResource(deployment.id), owned);
  // A changed one is a new revision, and still waits for somebody who serves it, unless it is to be paused.
  const unsaid = new Set(owned.filter(({ enabled }) => enabled === undefined).map(({ name }) => name));
  await markStopped(
    tx,
    stopped.filter(({ name }) => unsaid.has(name)).map(({ id }) => id),
  );
  return done;
}
