import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { State } from "../../core/flow-run/state.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { LiveSource, Placed } from "../live/source.ts";
import { type Pause, type PauseJson, pauseFromJson, pausesOf } from "../pause/pause.ts";
import { openPresence } from "../presence/presence.ts";
import type { ExecutionRef } from "./execution.ts";
import { type Answered, knownSince, type Seen } from "./known-signals.ts";
import { findRun, stateOf } from "./run.ts";

/** What an execution must know of its run. */
export type ExecutionSignal =
  /** The run's state changed, or is the present one; a number above the process's own: another one has the run. */
  | { kind: "state"; flowRunId: string; execution: number; state: State }
  /** A wait of this execution was answered, or went on with its default response. */
  | ({ kind: "answer" } & Answered)
  /** An answer that the type's own validators are to judge. */
  | { kind: "candidate"; candidateId: string; key: string; value: Json }
  /** There is no such run any more. */
  | { kind: "deleted"; flowRunId: string };

/**
 * The signals of one execution: the present state first, then every change of it, answers, and candidates to judge; last,
 * that the run was deleted. While it is open the execution counts as present. An answer that came while nobody listened comes first.
 *
 * @throws NotFoundError
 */
export async function executionSignals(
  ctx: Context,
  ref: ExecutionRef,
): Promise<LiveSource<ExecutionSignal>> {
  const run = await findRun(ctx.db, ref.flowRunId);
  if (run === null) throw new NotFoundError("flow run", ref.flowRunId);
  const candidates = new Set<string>();
  const told = { at: new Date(0), stateId: "", execution: -1, pauseId: "", candidates, deleted: false };
  let close: (() => Promise<void>) | undefined;

  async function news(position: number): Promise<Placed<ExecutionSignal>[]> {
    const seen = knownSince(ctx, ref.flowRunId, ref.execution, told.at) ?? (await look(ctx, ref));
    if (seen === null) {
      if (told.deleted) return [];
      told.deleted = true;
      return [{ position: position + 1, row: { kind: "deleted", flowRunId: ref.flowRunId } }];
    }
    told.at = seen.stateTimestamp;
    const signals: ExecutionSignal[] = [];
    if (seen.answered !== null && seen.answered.pauseId !== told.pauseId) {
      told.pauseId = seen.answered.pauseId;
      signals.push({ kind: "answer", ...seen.answered });
    }
    for (const candidate of seen.candidates) {
      if (told.candidates.has(candidate.candidateId)) continue;
      told.candidates.add(candidate.candidateId);
      signals.push({ kind: "candidate", ...candidate });
    }
    if (seen.stateId !== told.stateId || seen.execution !== told.execution) {
      told.stateId = seen.stateId;
      told.execution = seen.execution;
      signals.push({
        kind: "state",
        flowRunId: ref.flowRunId,
        execution: seen.execution,
        state: stateOf(seen),
      });
    }
    return signals.map((row, index) => ({ position: position + index + 1, row }));
  }

  return {
    topic: `run:${run.id}`,
    // Each signal counts: an answer must not be passed over for a state that came after it.
    kind: "log",
    shared: false,
    async open() {
      close = await openPresence(ctx, { flowRunId: run.id, execution: ref.execution, channel: null });
      const first = (await news(0)).map(({ row }) => row);
      return { first, position: first.length };
    },
    readAfter: news,
    async close() {
      await close?.();
    },
  };
}

async function look(ctx: Context, ref: ExecutionRef): Promise<Seen | null> {
  const [row] = await ctx.db.query<Omit<Seen, "answered"> & { pauses: PauseJson[] }>(sql`
    SELECT r.state_id, r.execution, r.state_type, r.state_name, r.state_message, r.state_timestamp,
      ${pausesOf(sql`SELECT id FROM (SELECT id, execution, status, on_timeout FROM pause
        WHERE flow_run_id = r.id ORDER BY requested_at DESC LIMIT 1) newest
        WHERE execution = ${ref.execution} AND (status = 'ANSWERED' OR (status = 'EXPIRED' AND on_timeout = 'resume'))`)} AS pauses,
      COALESCE((SELECT json_agg(json_build_object('candidateId', c.id, 'key', p.key, 'value', c.value) ORDER BY c.created_at)
        FROM answer_candidate c JOIN pause p ON p.id = c.pause_id
        WHERE c.flow_run_id = r.id AND c.execution = ${ref.execution} AND c.issues IS NULL), '[]') AS candidates
    FROM flow_run r WHERE r.id = ${ref.flowRunId}::uuid`);
  if (row === undefined) return null;
  const pause = row.pauses.map(pauseFromJson)[0];
  return { ...row, answered: pause === undefined ? null : answeredBy(pause, row.stateTimestamp) };
}

function answeredBy(pause: Pause, otherwise: Date): Answered {
  const { id, key, answerId, answer, endedAt } = pause;
  return {
    pauseId: id,
    key,
    inputId: answerId,
    seq: answer?.seq ?? null,
    submittedBy: answer?.submittedBy ?? null,
    value: answer?.value ?? null,
    endedAt: endedAt ?? otherwise,
  };
}
