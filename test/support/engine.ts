import sql from "sql-template-tag";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { startActions } from "../../server/action/start-actions.ts";
import { createAutomation } from "../../server/automation/create-automation.ts";
import type { Context } from "../../server/context.ts";
import { Evaluator } from "../../server/evaluator/evaluator.ts";
import { until } from "./wire.ts";

/** What judges the log and carries actions out, within a test's process. */
export interface Engine {
  evaluator: Evaluator;
  /** What was reported of failures. */
  reports: { what: string; cause: unknown }[];
  close(): Promise<void>;
}

export async function startEngine(ctx: Context, { actions = true } = {}): Promise<Engine> {
  const reports: Engine["reports"] = [];
  const report = (what: string, cause: unknown) => void reports.push({ what, cause });
  const jobs = actions ? await startActions(ctx, report) : null;
  const evaluator = new Evaluator(ctx, report);
  return {
    evaluator,
    reports,
    async close() {
      await evaluator.close();
      await jobs?.close();
    },
  };
}

/** Waits until the whole log has been judged, and all that this came to has been carried out. */
export async function settled(ctx: Context): Promise<void> {
  await until("the log is judged and all actions are carried out", () => isSettled(ctx));
}

async function isSettled(ctx: Context): Promise<boolean> {
  const [now] = await ctx.db.query<{ settled: boolean }>(sql`
    SELECT (SELECT position FROM evaluator) >= (SELECT position FROM event_log)
      AND NOT EXISTS (SELECT FROM action_run WHERE status IN ('PENDING', 'RUNNING')) AS settled`);
  return now?.settled ?? false;
}

/** Waits until the whole log has been judged. */
export async function judged(ctx: Context): Promise<void> {
  await until("the log is judged", async () => {
    const [now] = await ctx.db.query<{ judged: boolean }>(sql`
      SELECT (SELECT position FROM evaluator) >= (SELECT position FROM event_log) AS judged`);
    return now?.judged ?? false;
  });
}

let automations = 0;

/** A new automation from its document; it does nothing and has a name of its own unless said otherwise. */
export function automation(ctx: Context, document: Record<string, unknown>): Promise<string> {
  const whole = { name: `automation ${++automations}`, actions: [{ type: "do-nothing" }], ...document };
  return createAutomation(ctx, parseAutomationDocument(whole));
}

/** A stored firing, oldest first. */
export interface StoredFiring {
  id: string;
  automationId: string;
  triggered: Date;
  firedAt: Date;
  causedByClock: boolean;
  triggeringLabels: Record<string, string>;
  triggeringEventId: string | null;
  countedEventIds: string[];
}

export function firingsOf(ctx: Context, automationId: string): Promise<StoredFiring[]> {
  return ctx.db.query<StoredFiring>(sql`
    SELECT id, automation_id, triggered, fired_at, caused_by_clock, triggering_labels, triggering_event_id, counted_event_ids FROM firing
    WHERE automation_id = ${automationId}::uuid ORDER BY position`);
}
