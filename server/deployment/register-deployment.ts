import type { DeploymentTrigger } from "../../core/automation/deployment-trigger.ts";
import { ownedAutomations } from "../../core/automation/owned-automations.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { appendVersions } from "../automation/append-versions.ts";
import { jobVariableProblems } from "../automation/job-variables.ts";
import { type Reconciled, reconcileOwned } from "../automation/reconcile-owned.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { findOrCreateFlow } from "../flow-run/find-flow.ts";
import { reconcileSchedules, type ScheduleChanges } from "../schedule/reconcile-schedules.ts";
import {
  checkOwned,
  checkRegistration,
  type DeploymentWithTriggers,
  triggersPath,
} from "./check-registration.ts";
import { findQueue } from "./find-queue.ts";
import { markStopped, ownerResource, resumeTriggers, stoppedTriggers } from "./stopped-triggers.ts";
import { storeDeployment } from "./store-deployment.ts";

/** A deployment that was registered, and what became of its triggers and schedules. */
export interface Registered {
  id: string;
  triggers: Omit<Reconciled, "events">;
  schedules: ScheduleChanges;
}

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
  const { triggers, schedules } = await checkRegistration(ctx, deployment);
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

async function reconcile(
  tx: Transaction,
  ctx: Context,
  deployment: { id: string; name: string },
  triggers: readonly DeploymentTrigger[],
): Promise<Reconciled> {
  const owned = ownedAutomations(triggers, deployment, triggersPath);
  // By the pool that it has now.
  await checkOwned(owned, (definition) => jobVariableProblems(tx, definition));
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
