import sql from "sql-template-tag";
import type { LogEvent } from "../../core/event/event.ts";
import { longestWait } from "../../core/event-log/held-event.ts";
import type { LogState } from "../../core/event-log/log-state.ts";
import type { Evaluation } from "../../core/trigger/evaluate.ts";
import type { Node, Watch } from "../../core/trigger/watch.ts";
import type { Context } from "../context.ts";
import { cancelled } from "../graphql/request-error.ts";
import type { Watching } from "./explain-watching.ts";
import { Pace } from "./pace.ts";
import { replay } from "./replay.ts";
import { milliseconds } from "./stored-log.ts";

/** What became of an event that a trigger wants. */
export type Judgement =
  | {
      readonly kind: "judged";
      readonly evaluation: Evaluation;
      readonly at: number;
      /** Whether it was held before. */
      readonly waited: boolean;
    }
  /** The evaluator has not come to it: so many events are to go, this one included. */
  | { readonly kind: "behind"; readonly events: number }
  | { readonly kind: "held"; readonly until: number }
  /** It was held when the automation ceased to watch so. */
  | { readonly kind: "ended" }
  | { readonly kind: "too-long" };

export interface Judged {
  readonly automationId: string;
  readonly watched: Watch;
  readonly watching: Extract<Watching, { kind: "watching" }>;
  readonly event: LogEvent;
  /** How far the evaluator is. */
  readonly log: LogState;
}

/** Milliseconds that it may take. */
const mostTime = 60_000;

/** Judges the event once more, with all that the trigger has seen before it and is still kept. */
export async function judgement(
  ctx: Context,
  { automationId, watched, watching, event, log }: Judged,
): Promise<Judgement> {
  const { trigger, triggerVersion, end } = watching;
  if (event.position > log.position) return { kind: "behind", events: event.position - log.position };
  const { behind, start } = await beginning(ctx, watched, watching, event);
  let judged: { evaluation: Evaluation; at: number } | null = null;
  let waited = false;
  const deadline = performance.now() + mostTime;
  const pace = new Pace(() => {
    if (ctx.signal?.aborted) throw cancelled();
    if (performance.now() > deadline) throw new TooLong();
  });
  const setting = {
    trigger,
    automation: { automationId, triggerVersion },
    range: { behind, to: Math.min(log.position, (end ?? Number.POSITIVE_INFINITY) - 1) },
    start,
    until: Math.max(start, log.wall ?? start),
    fired: () => undefined,
    evaluated: (
      _watch: unknown,
      input: { kind: string; event?: LogEvent; now: { wall: number } },
      evaluation: Evaluation,
    ) => {
      if (input.event?.id === event.id) judged = { evaluation, at: input.now.wall };
    },
  };
  try {
    const test = await replay(ctx.db, setting, pace, ({ id }) => {
      waited ||= id === event.id && judged === null;
      return judged !== null;
    });
    if (judged === null && end === null) await pace.through(test.end());
  } catch (error) {
    if (error instanceof TooLong) return { kind: "too-long" };
    throw error;
  }
  return found(judged, waited, watching, event);
}

function found(
  judged: { evaluation: Evaluation; at: number } | null,
  waited: boolean,
  { end }: Judged["watching"],
  event: LogEvent,
): Judgement {
  if (judged !== null) return { kind: "judged", ...judged, waited };
  return end === null ? { kind: "held", until: event.received + longestWait } : { kind: "ended" };
}

class TooLong extends Error {}

/** Where to begin: with watching, or with what is kept of the log; with the event itself where nothing before it matters. */
async function beginning(
  ctx: Context,
  watched: Watch,
  { start }: Judged["watching"],
  event: LogEvent,
): Promise<{ behind: number; start: number }> {
  if (!remembers(watched.root)) return { behind: event.position - 1, start: event.received };
  if (start.received !== null) return { behind: start.position, start: start.received };
  const [first] = await ctx.db.query<{ position: number; received: number }>(sql`
    SELECT position, ${milliseconds(sql`received`)} AS received FROM event ORDER BY position LIMIT 1`);
  return { behind: (first?.position ?? event.position) - 1, start: first?.received ?? event.received };
}

/** Whether what an event does depends on others. */
function remembers(node: Node): boolean {
  if (node.kind === "composite") return node.needed > 1 || node.members.some(remembers);
  if (node.kind === "metric") return true;
  const { posture, after, within, threshold } = node.trigger;
  return posture === "Proactive" || after.length > 0 || within > 0 || threshold > 1;
}
