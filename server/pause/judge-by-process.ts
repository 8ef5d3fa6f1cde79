import sql from "sql-template-tag";
import type { Issue } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Pause } from "./pause.ts";

const lookAgain = 1_000; // milliseconds, should a wake-up be lost

/**
 * Has the asking process judge an answer with its type's own validators. Nothing is locked meanwhile. A second answer
 * waits until the first one has its verdict.
 *
 * @returns the issues, none where it accepts; null where no process is there or no verdict came in time
 */
export async function judgeByProcess(ctx: Context, pause: Pause, value: Json): Promise<Issue[] | null> {
  const until = Date.now() + ctx.settings.validationTimeout;
  const wake = ctx.bus.wake(`run:${pause.flowRunId}`);
  const id = ctx.newId();
  let proposed = false;
  let woken = wake.next();
  try {
    for (;;) {
      proposed ||= await propose(ctx, id, pause, value);
      const [seen] = await ctx.db.query<Seen>(sql`
        SELECT c.issues,
          EXISTS (SELECT FROM presence s WHERE s.flow_run_id = r.id AND s.execution = r.execution AND s.channel IS NULL) AS present,
          r.pause_id = ${pause.id}::uuid AS open
        FROM flow_run r LEFT JOIN answer_candidate c ON c.id = ${id}::uuid WHERE r.id = ${pause.flowRunId}::uuid`);
      if (seen?.issues) return seen.issues;
      const left = until - Date.now();
      if (!seen?.present || !seen.open || left <= 0) return null;
      if (await settles(woken, Math.min(left, lookAgain))) woken = wake.next();
    }
  } finally {
    wake.close();
    await ctx.db.query(sql`DELETE FROM answer_candidate WHERE id = ${id}::uuid`);
    if (proposed) ctx.bus.notify(`run:${pause.flowRunId}`);
  }
}

interface Seen {
  issues: Issue[] | null;
  present: boolean;
  open: boolean | null;
}

/** Stores the candidate unless another one is being judged. One whose server is gone stands aside after its time. */
async function propose(ctx: Context, id: string, pause: Pause, value: Json): Promise<boolean> {
  const stale = 2 * ctx.settings.validationTimeout;
  const stored = await ctx.db.query(sql`
    INSERT INTO answer_candidate (id, flow_run_id, pause_id, execution, value)
    SELECT ${id}::uuid, ${pause.flowRunId}::uuid, p.id, p.execution, ${JSON.stringify(value)}::json
    FROM (SELECT * FROM pause WHERE id = ${pause.id}::uuid FOR UPDATE) p
    WHERE NOT EXISTS (SELECT FROM answer_candidate o WHERE o.pause_id = p.id
      AND o.created_at > now() - ${stale} * interval '1 millisecond')
    RETURNING id`);
  if (stored.length > 0) ctx.bus.notify(`run:${pause.flowRunId}`);
  return stored.length > 0;
}

/** Waits for the promise at most so long, which may go on, and says whether it came. */
async function settles(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}
