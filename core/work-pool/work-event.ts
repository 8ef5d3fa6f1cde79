import { fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { relatedPool, type ToldQueue } from "../flow-run/told-run.ts";
import type { WorkStatus } from "./status.ts";

/** A pool or a queue, as its events show it. */
export type ToldWork =
  | { kind: "work-pool"; pool: ToldQueue["pool"] }
  | { kind: "work-queue"; queue: ToldQueue };

/** What became of it; `changed` names the fields that are others now. */
export type WorkChange =
  | { verb: "created" | "deleted" }
  | { verb: "updated"; changed: readonly string[] }
  | { verb: "status"; status: WorkStatus };

const statusVerbs: Record<WorkStatus, string> = {
  READY: "ready",
  NOT_READY: "not-ready",
  PAUSED: "paused",
};

/**
 * The event of one change of a pool or a queue (inputs 5.4). Pure.
 *
 * @param made its id, its moment, and the automations that led to it
 */
export function workEvent(
  made: { id: string; at: Date; chain?: readonly string[] | undefined },
  told: ToldWork,
  change: WorkChange,
): NewEvent {
  const own = told.kind === "work-pool" ? told.pool : told.queue;
  const verb = change.verb === "status" ? statusVerbs[change.status] : change.verb;
  const event: NewEvent = {
    id: made.id,
    event: `prefect.${told.kind}.${verb}`,
    occurred: made.at,
    follows: null,
    resource: {
      "prefect.resource.id": `prefect.${told.kind}.${own.id}`,
      "prefect.resource.name": own.name,
      ...(told.kind === "work-pool" && { "prefect.work-pool.type": told.pool.type }),
    },
    related: told.kind === "work-pool" ? [] : [relatedPool(told.queue.pool)],
    payload: change.verb === "updated" ? { changed: [...change.changed] } : {},
    chain: made.chain ?? [],
  };
  return fitEvent(event);
}
