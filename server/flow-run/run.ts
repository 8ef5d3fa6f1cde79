import sql from "sql-template-tag";
import type { StateFacts } from "../../core/error.ts";
import type { State, StateType } from "../../core/flow-run/state.ts";
import type { RunFacts } from "../../core/flow-run/transition.ts";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";

/** What decisions look at of a run, with the database's clock at the time of reading. */
export interface Run {
  id: string;
  flowId: string;
  deploymentId: string | null;
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

/** Every column that a decision looks at; `r` is the run. */
export const runColumns = sql`r.id, r.flow_id, r.deployment_id, r.state_id, r.state_type,
  r.state_name, r.state_message, r.state_timestamp, r.attempt, r.run_count, r.execution, r.lease_until,
  r.scheduled_for, r.parent_id, r.subflow, r.pause_id, r.input_seq, clock_timestamp() AS now`;

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
