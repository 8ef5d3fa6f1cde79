import { EventEmitter } from "node:events";
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import sql, { type Sql } from "sql-template-tag";
import type { Context } from "../context.ts";
import { firingsOf, type JobPayload, jobsOf, type NewJob } from "./job-payload.ts";

/** The one kind of job there is: to carry out an action run, or several. */
const task = "run-action";

/** Jobs that one server carries out at once: most wait for what they call. */
export const actionsAtOnce = 64;
/** Jobs that are taken at once. */
const queueSize = 128;
/** How long a job that is done may wait for others, that they are removed together. Milliseconds; of a second look at it nothing comes. */
const completeDelay = 20;
/** Who is not woken looks anyway. Milliseconds. */
export const pollInterval = 5_000;
/** Tries of a job whose server was lost in the middle; what is wrong with the work itself is counted with the action run. */
const mostTries = 25;

const quiet = new Logger(() => () => undefined);

/** Makes the tables of the job library, or brings them up to date. Several servers may call it at once. */
export async function installJobs(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: quiet });
}

/** The statement that enqueues action runs, which come by firings, in the order of their lists; once in a transaction, for it notifies. */
export function addJobs(runs: readonly NewJob[]): Sql {
  return enqueue(jobsOf(runs), 0);
}

/** The statement that enqueues one action run, for so many milliseconds later: then `jobs` is to be notified after the commit. */
export function addJob(id: string, delay = 0): Sql {
  return enqueue([{ id }], delay);
}

/** A job is due a little before those behind it in the list: so they are taken in its order. */
function enqueue(jobs: readonly JobPayload[], delay: number): Sql {
  return sql`
    SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(${task}, job, NULL, now() + ${delay} * interval '1 millisecond' - (${jobs.length} - n) * interval '1 microsecond',
        ${mostTries}::smallint, NULL, NULL, NULL)::graphile_worker.job_spec
      FROM unnest(${jobs.map((job) => JSON.stringify(job))}::json[]) WITH ORDINALITY AS j (job, n) ORDER BY n))`;
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
  /** Carries out an action run. What it throws is tried again. Calls `waits` where it begins to wait for the answer of others. */
  work: (actionRunId: string, waits: () => void) => Promise<void>;
  report: (what: string, cause: unknown) => void;
  /** Milliseconds after which who is not woken looks anyway. */
  pollInterval?: number | undefined;
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
      if (level !== "error" || isFalseAlarm(meta?.error)) return;
      options.report(`A job failed: ${message}`, meta?.error);
    }),
    taskList: {
      [task]: async (payload) => {
        const all = await Promise.all(firingsOf(payload).map((ids) => workInOrder(ids, options.work)));
        const failed = all.flat().find(({ status }) => status === "rejected");
        if (failed?.status === "rejected") throw failed.reason;
      },
    },
    preset: {
      worker: {
        concurrentJobs: actionsAtOnce,
        pollInterval: options.pollInterval ?? pollInterval,
        localQueue: { size: queueSize },
        completeJobBatchDelay: completeDelay,
      },
    },
  });
  runner.promise.catch((cause: unknown) => options.report("The jobs ended.", cause));
  await keepJobs(ctx, workerId);
  return { keep: () => keepJobs(ctx, workerId), close: () => runner.stop() };
}

/**
 * Whether the library only complains of its own stop: it takes its local queue for released before it has given back what waits there,
 * and says so. It is given back all the same, and what has begun is ended.
 */
function isFalseAlarm(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isFalseAlarm);
  return (
    error instanceof Error &&
    error.message === "Cannot background something when the queue is already released"
  );
}

/** Begins each when the one before has ended, or waits for others' answers. One that throws holds up none of the rest. */
async function workInOrder(
  ids: readonly string[],
  work: JobsOptions["work"],
): Promise<PromiseSettledResult<void>[]> {
  const all: Promise<void>[] = [];
  for (const id of ids)
    await new Promise<void>((next) => {
      const working = work(id, next);
      all.push(working);
      working.then(next, () => next());
    });
  return Promise.allSettled(all);
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
