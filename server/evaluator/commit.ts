import { setImmediate as turn } from "node:timers/promises";
import type { Sql } from "sql-template-tag";
import { loopEvent } from "../../core/automation/loop-event.ts";
import type { LoopGuard } from "../../core/automation/loop-guard.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { HeldChanges } from "../../core/event-log/held-events.ts";
import type { LogState } from "../../core/event-log/log-state.ts";
import type { StateChange } from "../../core/trigger/state.ts";
import { appendVersions } from "../automation/append-versions.ts";
import { pauseAutomation } from "../automation/set-automation-enabled.ts";
import type { Transaction } from "../db.ts";
import { appendFreshEvents } from "../event/append-events.ts";
import { withTexts } from "../statement-messages.ts";
import { leaseLost, moveOn, writeHeld } from "./log-state.ts";
import { type Loop, type NewFiring, type Plan, planFirings } from "./plan-firings.ts";
import { readTriggering } from "./read-triggering.ts";
import type { EvaluatorContext } from "./session.ts";
import { writeFirings } from "./write-firings.ts";
import { dropState, writeState } from "./write-state.ts";

/** What a stretch of the log came to. */
export interface Batch {
  readonly epoch: number;
  readonly from: LogState;
  readonly to: LogState;
  readonly fired: readonly NewFiring[];
  readonly guard: LoopGuard;
  /** Triggers that are watched no longer, or afresh: what is stored of them goes first. */
  readonly dropped: readonly string[];
  readonly changes: readonly StateChange[];
  readonly held: HeldChanges;
  readonly automationOf: (triggerId: string) => string;
}

/** Firings that are planned without giving way. */
const plannedAtOnce = 50;

/** A batch as it is written. */
export interface Prepared {
  /** All but those that append events. Their values are texts already: the connection is not to wait for that. */
  readonly statements: readonly Sql[];
  /** What tells of the firings, and the statement that appends it. */
  readonly events: readonly NewEvent[];
  readonly append: readonly Sql[];
  readonly loops: readonly Loop[];
}

/** Decides what a batch's firings start and tell of; no other batch may be prepared before an earlier one. */
export async function prepare(ctx: EvaluatorContext, batch: Batch): Promise<Prepared> {
  const { epoch, dropped, changes, held, from, to } = batch;
  const { firings, events, loops } = await plan(ctx, batch);
  const move = moveOn({ epoch, from: from.position, to, fired: firings.length });
  if (isIdle(batch))
    return { statements: from.position < to.position ? [move] : [], events, append: [], loops };
  const statements = [
    move,
    ...dropState(dropped),
    ...writeState(changes, batch.automationOf),
    ...writeHeld(held),
    ...writeFirings(firings),
  ];
  // Their ids are derived; that the evaluator's row stood where this batch began shows that they are new.
  const append = events.length === 0 ? [] : [appendFreshEvents(events)];
  return { statements: statements.map(withTexts), events, append, loops };
}

async function plan(ctx: EvaluatorContext, { fired, guard }: Batch): Promise<Plan> {
  const ids = fired.flatMap(({ firing }) => firing.triggeringEventId ?? []);
  const triggering = await readTriggering(ctx.db, ids);
  const parts: Plan[] = [];
  for (let from = 0; from < fired.length; from += plannedAtOnce) {
    parts.push(planFirings(fired.slice(from, from + plannedAtOnce), triggering, guard));
    // The commit under way goes on meanwhile.
    await turn();
  }
  return {
    firings: parts.flatMap(({ firings }) => firings),
    events: parts.flatMap(({ events }) => events),
    loops: parts.flatMap(({ loops }) => loops),
  };
}

/**
 * Writes all that a stretch of the log came to, or nothing. The order is that of locks: automations, the evaluator's row, state, firings,
 * and last the log.
 *
 * @throws LeaseLost
 */
export async function commit(
  ctx: EvaluatorContext,
  { statements, events, append, loops }: Prepared,
): Promise<void> {
  if (statements.length === 0) return;
  try {
    await ctx.db.transaction(async (tx) => {
      const paused = await pauseLoops(ctx, tx, loops);
      tx.last(...statements, ...(paused.length === 0 ? append : [appendVersions([...events, ...paused])]));
    });
  } catch (cause) {
    throw leaseLost(cause);
  }
  if (events.length > 0) ctx.bus.notify("firings", "events");
}

/** Whether nothing came of it, but that the evaluator is further on: who judges it again comes to nothing again. */
export function isIdle({ fired, dropped, changes, held }: Batch): boolean {
  return fired.length + dropped.length + changes.length + held.held.length + held.released.length === 0;
}

/** Automations that set themselves off watch no longer from here on. @returns what tells of it */
async function pauseLoops(
  ctx: EvaluatorContext,
  tx: Transaction,
  loops: readonly Loop[],
): Promise<NewEvent[]> {
  const told: NewEvent[] = [];
  for (const { automationId, name, reason, chain } of loops) {
    const paused = await pauseAutomation(tx, ctx, automationId, { reason: `loop guard: ${reason}`, chain });
    if (paused === null) continue;
    const automation = { id: automationId, name };
    told.push(loopEvent({ id: ctx.newId(), automation, at: ctx.now(), reason, chain }), paused);
  }
  return told;
}
