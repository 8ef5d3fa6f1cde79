import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { State } from "../../core/flow-run/state.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { LiveSource, Placed } from "../live/source.ts";
import { type PauseJson, pauseFromJson, pausesOf } from "../pause/pause.ts";
import { openPresence } from "../presence/presence.ts";
import type { ExecutionRef } from "./execution.ts";
import { findRun, type StateColumns, stateOf } from "./run.ts";

/** What an execution must know of its run. */
export type ExecutionSignal =
  /** The run's state changed, or is the present one; a number above the process's own: another one has the run. */
  | { kind: "state"; flowRunId: string; execution: number; state: State }
  /** A wait of this execution was answered, or went on with its default response. */
  | { kind: "answer"; key: string; inputId: string | null; value: Json | null; endedAt: Date }
  /** An answer that the type's own validators are to judge. */
  | { kind: "candidate"; candidateId: string; key: string; value: Json };

/**
 * The signals of one execution: the present state first, then every change of it, answers, and candidates to judge. While
 * it is open the execution counts as present. An answer that came while nobody listened comes first.
 *
 * @throws NotFoundError
 */
export async function executionSignals(
  ctx: Context,
  ref: ExecutionRef,
): Promise<LiveSource<ExecutionSignal>> {
  const run = await findRun(ctx.db, ref.flowRunId);
  if (run === null) throw new NotFoundError("flow run", ref.flowRunId);
  const told = { stateId: "", execution: -1, pauseId: "", candidates: new Set<string>() };
  let close: (() => Promise<void>) | undefined;

  async function news(position: number): Promise<Placed<ExecutionSignal>[]> {
    const seen = await look(ctx, ref);
    if (seen === null) return [];
    const signals: ExecutionSignal[] = [];
    const pause = seen.pauses.map(pauseFromJson)[0];
    if (pause !== undefined && pause.id !== told.pauseId) {
      told.pauseId = pause.id;
      signals.push({
        kind: "answer",
        key: pause.key,
        inputId: pause.answerId,
        value: pause.answer?.value ?? null,
        endedAt: pause.endedAt ?? ctx.now(),
      });
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

interface Seen extends StateColumns {
  stateId: string;
  execution: number;
  /** The newest wait of the execution, where it has been answered. */
  pauses: PauseJson[];
  candidates: { candidateId: string; key: string; value: Json }[];
}

async function look(ctx: Context, ref: ExecutionRef): Promise<Seen | null> {
  const [seen] = await ctx.db.query<Seen>(sql`
    SELECT r.state_id, r.execution, r.state_type, r.state_name, r.state_message, r.state_timestamp,
      ${pausesOf(sql`SELECT id FROM (SELECT id, status, on_timeout FROM pause
        WHERE flow_run_id = r.id AND execution = ${ref.execution} ORDER BY requested_at DESC LIMIT 1) newest
        WHERE status = 'ANSWERED' OR (status = 'EXPIRED' AND on_timeout = 'resume')`)} AS pauses,
      COALESCE((SELECT json_agg(json_build_object('candidateId', c.id, 'key', p.key, 'value', c.value) ORDER BY c.created_at)
        FROM answer_candidate c JOIN pause p ON p.id = c.pause_id
        WHERE c.flow_run_id = r.id AND c.execution = ${ref.execution} AND c.issues IS NULL), '[]') AS candidates
    FROM flow_run r WHERE r.id = ${ref.flowRunId}::uuid`);
  return seen ?? null;
}
