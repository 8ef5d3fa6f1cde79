/**
 * What a bus wakes for. A topic names rows that may have changed; it never carries them. The ids in it are in lower
 * case, as they are stored: the functions below take one in any case, as callers may give it.
 *
 * - `run:<id>`: the run's state, its wait or its candidates
 * - `inputs:<id>`: the run's messages and answers
 * - `logs:<id>`: the run's log lines
 * - `flow-runs`: some run's position has moved
 * - `claimable`: some run may be due to be claimed, now or at its time
 * - `deadlines`: some wait has a deadline
 * - `events`: the log of events has grown
 * - `schedules`: of some schedule runs are to be made
 * - `firings`: some automation has fired, or an action run has changed
 * - `jobs`: some action run waits for a time of its own
 */
export type Topic =
  | `run:${string}`
  | `inputs:${string}`
  | `logs:${string}`
  | "flow-runs"
  | "claimable"
  | "deadlines"
  | "events"
  | "schedules"
  | "firings"
  | "jobs";

/** The topic of a run's state, wait and candidates. */
export function runTopic(flowRunId: string): Topic {
  return `run:${flowRunId.toLowerCase()}`;
}

/** The topic of a run's messages and answers. */
export function inputsTopic(flowRunId: string): Topic {
  return `inputs:${flowRunId.toLowerCase()}`;
}

/** The topic of a run's log lines. */
export function logsTopic(flowRunId: string): Topic {
  return `logs:${flowRunId.toLowerCase()}`;
}
