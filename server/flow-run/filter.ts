import type { StateType } from "../../core/flow-run/state.ts";
import { isId } from "../../core/id.ts";
import type { Prisma } from "../generated/prisma/client.ts";

/** What runs are wanted: every field that is given must hold. */
export interface FlowRunFilter {
  ids?: string[] | null;
  flowNames?: string[] | null;
  deploymentIds?: string[] | null;
  workPoolIds?: string[] | null;
  stateTypes?: StateType[] | null;
  stateNames?: string[] | null;
  tags?: string[] | null;
  awaitingInput?: boolean | null;
  upcoming?: boolean | null;
  nameLike?: string | null;
  createdAfter?: Date | null;
  createdBefore?: Date | null;
}

type Where = Prisma.FlowRunWhereInput;

/** The runs that satisfy the filter at this moment. */
export function runsThatSatisfy(filter: FlowRunFilter | null | undefined, now: Date): Where {
  if (filter == null) return {};
  const where = lasting(filter);
  if (filter.stateTypes) where.push({ stateType: { in: filter.stateTypes } });
  if (filter.stateNames) where.push({ stateName: { in: storable(filter.stateNames) } });
  if (filter.awaitingInput != null) {
    const waits = { pause: { is: { inputType: { not: null } } } };
    where.push(filter.awaitingInput ? waits : { NOT: waits });
  }
  if (filter.upcoming != null) where.push(filter.upcoming ? upcoming(now) : notUpcoming(now));
  return { AND: where };
}

/** As `isUpcoming` says. */
function upcoming(now: Date): Where {
  return { stateType: "SCHEDULED", scheduledFor: { gt: now }, leaseUntil: null, runCount: 0 };
}

/** Not NOT: of what is null that would be neither true nor false. */
function notUpcoming(now: Date): Where {
  return {
    OR: [
      { stateType: { not: "SCHEDULED" } },
      { scheduledFor: null },
      { scheduledFor: { lte: now } },
      { leaseUntil: { not: null } },
      { runCount: { gt: 0 } },
    ],
  };
}

/**
 * The runs that satisfy the filter now or did so in one of their states before: those whose changes somebody who shows
 * a filtered list must hear of, so that a run can leave the list too. `upcoming` narrows nothing: a run begins or ceases to
 * satisfy it as time passes.
 */
export function runsThatEverSatisfied(filter: FlowRunFilter | null | undefined): Where {
  if (filter == null) return {};
  const where = lasting(filter);
  const state: Prisma.FlowRunStateWhereInput = {};
  if (filter.stateTypes) state.type = { in: filter.stateTypes };
  if (filter.stateNames) state.name = { in: storable(filter.stateNames) };
  if (filter.stateTypes || filter.stateNames) where.push({ states: { some: state } });
  // Every run has once not waited.
  if (filter.awaitingInput === true) where.push({ waitPosition: { not: null } });
  return { AND: where };
}

/** What of a filter never changes in a run's life, or, as its queue, without being told. */
function lasting(filter: FlowRunFilter): Where[] {
  const where: Where[] = [];
  if (filter.ids) where.push({ id: { in: filter.ids.filter(isId) } });
  if (filter.flowNames) where.push({ flow: { is: { name: { in: storable(filter.flowNames) } } } });
  if (filter.deploymentIds) where.push({ deploymentId: { in: filter.deploymentIds.filter(isId) } });
  if (filter.workPoolIds)
    where.push({ workQueue: { is: { workPoolId: { in: filter.workPoolIds.filter(isId) } } } });
  if (filter.tags) where.push(filter.tags.every(isStorable) ? { tags: { hasEvery: filter.tags } } : nothing);
  if (filter.nameLike) where.push(isStorable(filter.nameLike) ? nameContains(filter.nameLike) : nothing);
  if (filter.createdAfter) where.push({ createdAt: { gt: filter.createdAfter } });
  if (filter.createdBefore) where.push({ createdAt: { lt: filter.createdBefore } });
  return where;
}

function nameContains(part: string): Where {
  // Prisma hands the text to ILIKE as it is.
  return { name: { contains: part.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } };
}

const nothing: Where = { id: { in: [] } };
const storable = (texts: string[]) => texts.filter(isStorable);

/** Postgres has no text with NUL: nothing can be equal to one that has. */
function isStorable(text: string): boolean {
  return !text.includes("\0");
}
