import { EventEmitter } from "node:events";
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import sql, { type Sql } from "sql-template-tag";
import { isPlainObject } from "../../core/json.ts";
import type { Context } from "../context.ts";

/** The one kind of job there is: to carry out an action run. */
const task = "run-action";

/** Actions that one server carries out at once: most wait for what they call. */
export const actionsAtOnce = 64;
/** Jobs that are taken at once. */
const queueSize = 128;
/** How long a job that is done may wait for others, that they are removed together. Milliseconds; of a second look at it nothing comes. */
const completeDelay = 20;
/** Who is not woken looks anyway. Milliseconds. */
const pollInterval = 5_000;
/** Tries of a job whose server was lost in the middle; what is wrong with the work itself is counted with the action run. */
const mostTries = 25;

const quiet = new Logger(() => () => undefined);

/** Makes the tables of the job library, or brings them up to date. Several servers may call it at once. */
export async function installJobs(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: quiet });
}

/** The statement that enqueues action runs; once in a transaction, for it notifies. */
export function addJobs(actionRunIds: readonly string[], delay = 0): Sql {
  return sql`
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(${task}, json_build_object('id', id), NULL, now() + ${delay} * interval '1 millisecond', ${mostTries}::smallint, NULL, NULL, NULL)::graphile_worker.job_spec
      FROM unnest(${[...actionRunIds]}::uuid[]) AS run (id)))`;
}

export interface Jobs {
  /** This server's sign of life as to its jobs; to be called every few seconds. */
  keep(): Promise<void>;
  /** Takes no more jobs and ends with those it has begun. */
  close(): Promise<void>;
}

export interface JobsOptions {
  /** Connections for the library alone; two or more. Closed by who opened it. */
  pool: Pool;
  /** Carries out an action run. What it throws is tried again. */
  work: (actionRunId: string) => Promise<void>;
  report: (what: string, cause: unknown) => void;
}

/** Carries out the jobs of this database, as other servers do, and frees those of servers that are gone. */
export async function startJobs(ctx: Context, options: JobsOptions): Promise<Jobs> {
  const events: WorkerEvents = new EventEmitter();
  let workerId = "";
  events.once("pool:create", ({ workerPool }) => {
    workerId = workerPool.id;
  });
  const runner: Runner = await run({
    pgPool: options.pool,
    events,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === "error") options.report(`A job failed: ${message}`, meta?.error);
    }),
    taskList: { [task]: async (payload) => options.work(idOf(payload)) },
    preset: {
      worker: {
        concurrentJobs: actionsAtOnce,
        pollInterval,
        localQueue: { size: queueSize },
        completeJobBatchDelay: completeDelay,
      },
    },
  });
  runner.promise.catch((cause: unknown) => options.report("The jobs ended.", cause));
  await keepJobs(ctx, workerId);
  return { keep: () => keepJobs(ctx, workerId), close: () => runner.stop() };
}

function idOf(payload: unknown): string {
  if (isPlainObject(payload) && typeof payload.id === "string") return payload.id;
  throw new Error(`the job's payload is no action run: ${JSON.stringify(payload)}`);
}

/**
 * Says that the jobs locked under this name are this server's, and frees the jobs of servers that have not been heard of.
 */
async function keepJobs(ctx: Context, workerId: string): Promise<void> {
  await ctx.db.query(sql`
    INSERT INTO server (id, job_worker) VALUES (${ctx.serverId}::uuid, ${workerId})
    ON CONFLICT (id) DO UPDATE SET job_worker = ${workerId} WHERE server.job_worker IS DISTINCT FROM ${workerId}`);
  await ctx.db.query(sql`
    SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker._private_jobs j
    WHERE locked_by IS NOT NULL AND NOT EXISTS (SELECT FROM server s WHERE s.job_worker = j.locked_by)
    HAVING count(*) > 0`);
}
