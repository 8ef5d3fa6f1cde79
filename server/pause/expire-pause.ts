import sql from "sql-template-tag";
import { expiredEvent } from "../../core/run-input/input-event.ts";
import type { Context } from "../context.ts";
import { cancelChildren } from "../flow-run/cancel.ts";
import type { Step } from "../flow-run/change-run.ts";
import { changeRun, stay } from "../flow-run/change-run.ts";
import { type Run, toldRun } from "../flow-run/run.ts";
import { closePause, findRunWithPauses, type Pause, type RunWithPauses, toldQuestion } from "./pause.ts";
import { storeAnswer } from "./store-answer.ts";

/**
 * Ends a wait whose deadline has passed, as its call said: the run fails, is cancelled, or goes on with its default
 * response. Does nothing where the wait is over or its deadline has not come.
 */
export async function expirePause(ctx: Context, flowRunId: string): Promise<void> {
  const ended = await changeRun<boolean, RunWithPauses>(
    ctx,
    flowRunId,
    (run) => {
      const open = run.pauses[0];
      return open !== undefined && isOver(open, run.now) ? expire(ctx, run, open, () => true) : stay(false);
    },
    (id) => findRunWithPauses(ctx.db, id, sql`SELECT r.pause_id`),
  );
  if (ended) await cancelChildren(ctx, flowRunId);
}

/** Whether the deadline of a wait has come. */
export function isOver(pause: Pause, now: Date): boolean {
  return pause.expiresAt !== null && pause.expiresAt <= now;
}

/** The transition that ends an overdue wait. */
export function expire<Result>(
  ctx: Context,
  run: Run,
  pause: Pause,
  result: (run: Run) => Result,
): Step<Result> {
  const suspended = run.stateName === "Suspended";
  const message = `nobody answered ${pause.key} before ${pause.expiresAt?.toISOString()}`;
  const waitChanged = pause.inputType !== null;
  const close = closePause(pause.id, "EXPIRED");
  const question = toldQuestion(pause);
  const tell = question && [{ event: expiredEvent(ctx.newId(), toldRun(run), question, pause.onTimeout) }];
  const told = tell === null ? {} : { tell };
  switch (pause.onTimeout) {
    case "fail":
    case "cancel": {
      const next =
        pause.onTimeout === "fail"
          ? { type: "FAILED" as const, name: "Failed", message: `The wait timed out: ${message}.` }
          : { type: "CANCELLED" as const, name: "Cancelled", message: `The wait timed out: ${message}.` };
      return { go: true, change: { next, lease: "end", waitChanged, also: [close], ...told }, result };
    }
    case "resume": {
      const answer =
        pause.inputType === null
          ? null
          : { id: ctx.newId(), value: pause.defaultResponse, submittedBy: null };
      const also =
        answer === null
          ? [close]
          : [
              storeAnswer(pause, answer),
              sql`UPDATE pause SET status = 'EXPIRED', ended_at = locked.at, answer_id = ${answer.id}::uuid
                FROM locked WHERE pause.id = ${pause.id}::uuid`,
            ];
      const inputs = answer === null ? 0 : 1;
      return { go: true, change: { ...goOn(suspended), waitChanged, inputs, also, ...told }, result };
    }
  }
}

/** Where a run goes from its wait: on in its process, or to a runner that starts it again. */
export function goOn(suspended: boolean) {
  return suspended
    ? ({
        next: { type: "SCHEDULED", name: "Resuming", message: null },
        scheduledFor: sql`locked.at`,
        lease: "end",
      } as const)
    : ({ next: { type: "RUNNING", name: "Running", message: null } } as const);
}
