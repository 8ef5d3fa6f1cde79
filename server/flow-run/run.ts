import sql from "sql-template-tag";
import type { StateFacts } from "../../core/error.ts";
import type { State, StateType } from "../../core/flow-run/state.ts";
import type { ToldWithCreator } from "../../core/flow-run/state-event.ts";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import type { RunFacts } from "../../core/flow-run/transition.ts";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";
import { toldQueueSql } from "../work-pool/told-queue.ts";

/** What decisions look at of a run and what its events say of it, with the database's clock at the time of reading. */
export interface Run {
  id: string;
  name: string;
  flowId: string;
  flowName: string;
  deploymentId: string | null;
  /** Null where it has no deployment; `limited`: whether only so many of its runs may be under way at once. */
  deployment: { name: string; tags: string[]; limited: boolean } | null;
  /** Where workers take it; null where none do. */
  queue: ToldQueue | null;
  tags: string[];
  /** The automations that led to it, first to last. */
  chain: string[];
  /** Resource id of what made it, with that one's name where it is known. */
  createdBy: string | null;
  createdByName: string | null;
  stateId: string;
  stateType: StateType;
  stateName: string;
  stateMessage: string | null;
  stateTimestamp: Date;
  attempt: number;
  runCount: number;
  execution: number;
  leaseUntil: Date | null;
  scheduledFor: Date | null;
  parentId: string | null;
  subflow: boolean;
  pauseId: string | null;
  /** How many inputs it has been given. */
  inputSeq: number;
  now: Date;
}

/** What transitions change of a run. */
export type MovingColumns = Pick<
  Run,
  | "chain"
  | "stateId"
  | "stateType"
  | "stateName"
  | "stateMessage"
  | "stateTimestamp"
  | "attempt"
  | "runCount"
  | "execution"
  | "leaseUntil"
  | "scheduledFor"
  | "pauseId"
  | "inputSeq"
  | "now"
>;

/** Its columns; `r` is the run. */
export const movingColumns = sql`COALESCE(r.chain, '{}') AS chain, r.state_id, r.state_type, r.state_name, r.state_message,
  r.state_timestamp, r.attempt, r.run_count, r.execution, r.lease_until, r.scheduled_for, r.pause_id, r.input_seq, clock_timestamp() AS now`;

/** Every column of a `Run`; `r` is the run. */
export const runColumns = sql`r.id, r.name, r.flow_id, (SELECT f.name FROM flow f WHERE f.id = r.flow_id) AS flow_name, r.deployment_id,
  (SELECT json_build_object('name', d.name, 'tags', COALESCE(d.tags, '{}'), 'limited', d.concurrency_limit IS NOT NULL) FROM deployment d WHERE d.id = r.deployment_id) AS deployment,
  ${toldQueueSql(sql`r.work_queue_id`)} AS queue,
  COALESCE(r.tags, '{}') AS tags, r.created_by, r.created_by_name, r.parent_id, r.subflow, ${movingColumns}`;

/** The run, or null where there is none. */
export async function findRun(db: Executor, id: string): Promise<Run | null> {
  if (!isId(id)) return null;
  const [run] = await db.query<Run>(sql`SELECT ${runColumns} FROM flow_run r WHERE r.id = ${id}`);
  return run ?? null;
}

/** The columns of a run that its state is made of. */
export type StateColumns = Pick<Run, "stateType" | "stateName" | "stateMessage" | "stateTimestamp">;

export function stateOf(run: StateColumns): State {
  return {
    type: run.stateType,
    name: run.stateName,
    message: run.stateMessage,
    timestamp: run.stateTimestamp,
  };
}

/** The state as an error carries it. */
export function stateFacts(run: Run): StateFacts {
  return stateOf(run);
}

/** The facts by which a transition of this run is decided. */
export function runFacts(run: Run): RunFacts {
  return {
    state: stateOf(run),
    hasDeployment: run.deploymentId !== null,
    subflow: run.subflow,
    hasProcess: run.leaseUntil !== null,
    scheduledFor: run.scheduledFor,
  };
}

/** The run as what made another one. */
export function runAsCreator({ id, name }: Run): { resource: string; name: string } {
  return { resource: `prefect.flow-run.${id}`, name };
}

/** What the run's events say of it. */
export function toldRun(run: Run): ToldWithCreator {
  const { deploymentId, deployment, createdBy } = run;
  return {
    id: run.id,
    name: run.name,
    flow: { id: run.flowId, name: run.flowName },
    deployment: deploymentId === null || deployment === null ? null : { id: deploymentId, ...deployment },
    queue: run.queue,
    tags: run.tags,
    chain: run.chain,
    runCount: run.runCount,
    creator: createdBy === null ? null : { resource: createdBy, name: run.createdByName },
  };
}
