import sql from "sql-template-tag";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import type { JsonObject } from "../../core/json.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";
import { type Plan, planAhead } from "../../core/schedule/plan-ahead.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { fillLayers } from "../deployment/fill-layers.ts";
import { runParameters } from "../deployment/run-parameters.ts";
import { appendFreshEvents } from "../event/append-events.ts";
import { insertScheduledRuns, type ScheduledRuns } from "../flow-run/create-scheduled-runs.ts";
import { withPoolDefaults } from "../work-pool/job-variables.ts";
import { toldQueueSql } from "../work-pool/told-queue.ts";
import { type ScheduleRow, scheduleColumns, timesOf } from "./row.ts";

/** The tag of runs that schedules have made. */
const autoScheduledTag = "auto-scheduled";

const deploymentsAtOnce = 100;
/** So that nobody waits long for the order of runs and of events, which one transaction holds at its end. */
const runsAtOnce = 200;
/** Where others hold what is due, and where something could not be made, it is looked at again. Milliseconds. */
const soon = 250;
const later = 60_000;

/**
 * Work that makes the runs of all schedules ahead, as far as they are due to be made. Several servers may do it at once.
 *
 * @returns milliseconds until more are; undefined where none are near
 */
export function makeScheduledRuns(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
): () => Promise<number | undefined> {
  return async () => {
    while (await makeBatch(ctx, report));
    const [next] = await ctx.db.query<{ wait: number | null }>(sql`
      SELECT ceil(extract(epoch FROM min(s.due_at) - clock_timestamp()) * 1000)::float8 AS wait
      FROM schedule s JOIN deployment d ON d.id = s.deployment_id WHERE s.active AND NOT d.paused`);
    return next?.wait == null ? undefined : Math.max(next.wait, soon);
  };
}

interface DueRow extends ScheduleRow {
  deploymentName: string;
  flowId: string;
  flowName: string;
  tags: string[];
  deploymentParameters: JsonObject;
  parameterSchema: JsonSchema | null;
  enforceSchema: boolean;
  jobVariables: JsonObject | null;
  /** Of the job variables of the queue's pool. */
  variablesSchema: JsonSchema | null;
  queue: ToldQueue | null;
  now: Date;
}

/** @returns whether more may be due */
async function makeBatch(ctx: Context, report: (what: string, cause: unknown) => void): Promise<boolean> {
  const { made, more } = await ctx.db.transaction(async (tx) => {
    const rows = await lockDue(tx);
    const plans: { row: DueRow; plan: Plan; runs: ScheduledRuns }[] = [];
    let planned = 0;
    for (const row of rows) {
      if (planned >= runsAtOnce) break;
      const one = await planRow(tx, ctx, row, report);
      planned += one.plan.make.length;
      plans.push(one);
    }
    if (plans.length === 0) return { made: 0, more: false };
    await tx.query(sql`
      UPDATE schedule s SET made_until = p.made_until, due_at = p.due_at
      FROM unnest(${plans.map(({ row }) => row.id)}::uuid[], ${plans.map(({ plan }) => instant(plan.madeUntil))}::timestamptz[],
        ${plans.map(({ plan }) => instant(plan.dueAt))}::timestamptz[]) AS p(id, made_until, due_at)
      WHERE s.id = p.id`);
    const events = await insertScheduledRuns(
      tx,
      ctx,
      plans.map(({ runs }) => runs),
    );
    if (events.length > 0) tx.last(appendFreshEvents(events));
    return { made: events.length, more: plans.length < rows.length || rows.length >= deploymentsAtOnce };
  });
  if (made > 0) ctx.bus.notify("flow-runs", "claimable", "events");
  return more;
}

/**
 * The schedules that are due, of deployments that the transaction holds from then on: whoever registers or pauses one of them waits, and so
 * does what is made of it. What another server holds it makes.
 */
async function lockDue(tx: Executor): Promise<DueRow[]> {
  const locked = await tx.query<{ id: string }>(sql`
    SELECT d.id FROM deployment d WHERE NOT d.paused AND d.id IN (
      SELECT s.deployment_id FROM schedule s JOIN deployment o ON o.id = s.deployment_id
      WHERE s.active AND s.due_at <= clock_timestamp() AND NOT o.paused
      GROUP BY s.deployment_id ORDER BY min(s.due_at) LIMIT ${deploymentsAtOnce})
    ORDER BY d.id FOR NO KEY UPDATE SKIP LOCKED`);
  if (locked.length === 0) return [];
  // A statement of its own: it sees what those have left who held a deployment before.
  return tx.query<DueRow>(sql`
    SELECT ${scheduleColumns}, d.name AS deployment_name, d.flow_id, f.name AS flow_name, d.tags, d.parameters AS deployment_parameters,
      d.parameter_schema, d.enforce_schema, d.job_variables, p.variables_schema, ${toldQueueSql(sql`d.work_queue_id`)} AS queue,
      clock_timestamp() AS now
    FROM schedule s JOIN deployment d ON d.id = s.deployment_id JOIN flow f ON f.id = d.flow_id
      LEFT JOIN work_queue q ON q.id = d.work_queue_id LEFT JOIN work_pool p ON p.id = q.work_pool_id
    WHERE s.deployment_id = ANY(${locked.map(({ id }) => id)}::uuid[]) AND s.active AND s.due_at <= clock_timestamp()
    ORDER BY s.due_at, s.id`);
}

/** Where the times or the parameters of one schedule cannot be worked out, that is told, and the others go on. */
async function planRow(
  tx: Executor,
  ctx: Context,
  row: DueRow,
  report: (what: string, cause: unknown) => void,
): Promise<{ row: DueRow; plan: Plan; runs: ScheduledRuns }> {
  const { id, deploymentId, deploymentName, flowId, flowName, tags, queue, enforceSchema } = row;
  const now = row.now.getTime();
  const madeUntil = row.madeUntil?.getTime() ?? null;
  let plan: Plan = { make: [], madeUntil, dueAt: now + later };
  let parameters: ScheduledRuns["parameters"] = {};
  let jobVariables: ScheduledRuns["jobVariables"] = null;
  try {
    const wanted = planAhead(timesOf(row), now, madeUntil);
    const rules = {
      parameters: row.deploymentParameters,
      parameterSchema: row.parameterSchema,
      enforceSchema,
    };
    if (wanted.make.length > 0) {
      parameters = await runParameters(tx, ctx, rules, [row.parameters]);
      if (queue !== null) jobVariables = await jobVariablesOf(tx, ctx, row);
    }
    plan = wanted;
  } catch (cause) {
    report(`making the runs of schedule ${id} of deployment ${flowName}/${deploymentName}`, cause);
  }
  const runs: ScheduledRuns = {
    scheduleId: id,
    flow: { id: flowId, name: flowName },
    deployment: { id: deploymentId, name: deploymentName, tags },
    queue,
    jobVariables,
    parameters,
    tags: [...new Set([...tags, autoScheduledTag])].sort(),
    times: plan.make.map((time) => new Date(time)),
  };
  return { row, plan, runs };
}

async function jobVariablesOf(tx: Executor, ctx: Context, row: DueRow): Promise<JsonObject> {
  const { values } = await fillLayers(tx, ctx, { layers: [row.jobVariables], root: "jobVariables" });
  return withPoolDefaults(row.variablesSchema, values);
}

function instant(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
