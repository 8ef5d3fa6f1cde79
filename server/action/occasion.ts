import type { TargetSources } from "../../core/action/find-target.ts";
import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { Issue } from "../../core/error.ts";
import type { MemberFiring } from "../../core/trigger/firing.ts";
import type { Executor } from "../db.ts";
import type { PendingActionRun } from "./read-action-run.ts";
import { readInvolved } from "./read-involved.ts";

/** What an action looks at. */
export interface Occasion {
  readonly run: PendingActionRun;
  /** Its triggering event; null where there is none, or where it is no longer kept. */
  readonly event: ShownEvent | null;
  /** The firing's triggering event, likewise. */
  readonly firingEvent: ShownEvent | null;
  /** The member firings of a composite, in the order of the members. */
  readonly members: readonly { readonly firing: MemberFiring; readonly event: ShownEvent | null }[];
  /** Where its target can be found. */
  readonly sources: TargetSources;
  /** What the process that waits for the action's answer says of it; null before it was asked. */
  readonly judged: Judged | null;
}

/** An answer that the process that waits for it has looked at, or has not come to look at in time. */
export interface Judged {
  readonly pauseId: string;
  readonly issues: readonly Issue[];
}

export async function readOccasion(
  tx: Executor,
  run: PendingActionRun,
  judged: Judged | null,
): Promise<Occasion> {
  const { triggeringEventId, firingTriggeringEventId, triggeringLabels } = run;
  const members = newestFirst(run.memberFirings);
  const ids = [triggeringEventId, firingTriggeringEventId, ...members.map((one) => one.triggeringEventId)];
  const kept = new Map((await readInvolved(tx, ids)).map((event) => [event.id, event]));
  const find = (id: string | null) => (id === null ? null : (kept.get(id) ?? null));
  const event = find(triggeringEventId);
  const sources: TargetSources = {
    labels: triggeringLabels,
    event,
    firingEvent: find(firingTriggeringEventId),
    members: members.map((one) => ({ labels: one.labels, event: find(one.triggeringEventId) })),
  };
  const inOrder = run.memberFirings.map((firing) => ({ firing, event: find(firing.triggeringEventId) }));
  const firingEvent = find(firingTriggeringEventId);
  return { run, event, firingEvent, members: inOrder, sources, judged };
}

function newestFirst(members: readonly MemberFiring[]): MemberFiring[] {
  return members.toReversed().sort((a, b) => b.time - a.time);
}
