import { NotFoundError } from "../../core/error.ts";
import type { LogEvent } from "../../core/event/event.ts";
import { isId } from "../../core/id.ts";
import { explainJudged, explainUnwanted } from "../../core/trigger/explain.ts";
import { explainMatch } from "../../core/trigger/explain-match.ts";
import type { Explained } from "../../core/trigger/explained.ts";
import { firingId } from "../../core/trigger/firing-id.ts";
import { isAbout } from "../../core/trigger/match.ts";
import { watch } from "../../core/trigger/watch.ts";
import type { Context } from "../context.ts";
import { readLogState } from "../evaluator/log-state.ts";
import { readEvents } from "../event/read-events.ts";
import { explainEnabled, readWatching, type Watching } from "./explain-watching.ts";
import { type Judgement, judgement } from "./judgement.ts";

/** Why an event did, or did not, fire an automation. */
export interface ExplanationReport {
  fired: boolean;
  /** Where it fired. The firing itself may be no longer kept. */
  firingId: string | null;
  /** In one sentence. */
  verdict: string;
  /** In the order in which they are judged. */
  conditions: readonly Explained[];
}

/**
 * Why an event did, or did not, fire an automation: as the automation was when the event came, found by judging it once more.
 *
 * @throws NotFoundError where one of them is not there, or not any more
 */
export async function explain(
  ctx: Context,
  automationId: string,
  eventId: string,
): Promise<ExplanationReport> {
  const automation = isId(automationId)
    ? await ctx.prisma.automation.findFirst({ where: { id: automationId, deletedAt: null } })
    : null;
  if (automation === null) throw new NotFoundError("automation", automationId);
  const [row] = await readEvents(ctx, [eventId]);
  if (row == null) throw new NotFoundError("event", eventId);
  const event = { ...row, occurred: row.occurred.getTime(), received: row.received.getTime() };
  const watching = await readWatching(ctx.db, automation.id, event.position);
  return explainAt(ctx, automation.id, watching, event);
}

async function explainAt(
  ctx: Context,
  automationId: string,
  watching: Watching,
  event: LogEvent,
): Promise<ExplanationReport> {
  const enabled = explainEnabled(watching);
  if (watching.kind === "not") return unfired([enabled], enabled.because);
  if (isAbout(automationId, event)) return unfired([enabled, ofItself], ofItself.because);
  const { trigger, triggerVersion } = watching;
  const watched = watch(trigger, { automationId, triggerVersion, order: 0 });
  const unwanted = explainUnwanted(watched, event);
  if (unwanted !== null) return unfired([enabled, ...unwanted.conditions], unwanted.verdict);
  const log = await readLogState(ctx.db);
  const judged = await judgement(ctx, { automationId, watched, watching, event, log });
  const waited = explainJudgement(judged, event);
  if (judged.kind !== "judged") {
    const match = watched.leaves.flatMap((leaf) => explainMatch(leaf, event));
    return unfired([enabled, ...waited, ...match], waited.at(-1)?.because ?? "");
  }
  const { evaluation } = judged;
  const { conditions, verdict } = explainJudged(watched, event, evaluation);
  const [firing] = evaluation.firings;
  return {
    fired: firing !== undefined,
    firingId:
      firing === undefined ? null : firingId({ automationId, triggerVersion }, firing.cause, firing.ordinal),
    verdict,
    conditions: [enabled, ...waited, ...conditions],
  };
}

function unfired(conditions: readonly Explained[], verdict: string): ExplanationReport {
  return { fired: false, firingId: null, verdict, conditions };
}

const ofItself: Explained = {
  path: ["trigger"],
  holds: false,
  expected: "an event about something else than this automation",
  actual: "an event about this automation",
  because: "The event is about this automation itself, and no trigger is offered the events about its own.",
};

/** Whether, and when, the event was judged at all; nothing is to be said of one that was judged when it came. */
function explainJudgement(judged: Judgement, event: LogEvent): Explained[] {
  const say = (path: string, holds: boolean, expected: string, actual: string, because: string) => [
    { path: [path], holds, expected, actual, because },
  ];
  const leader = `after the event that it follows, ${event.follows}`;
  const from = at(event.received);
  switch (judged.kind) {
    case "judged":
      if (!judged.waited) return [];
      return say("follows", true, leader, `held from ${from} until ${at(judged.at)}`, "");
    case "behind": {
      const events = `${judged.events} event${judged.events === 1 ? "" : "s"}`;
      const because = `The event has not been judged yet: the evaluator has to take in ${events} first, this one included.`;
      return say("evaluated", false, "judged by the evaluator", `${events} to go`, because);
    }
    case "held": {
      const because = `The event is held until the one that it follows, ${event.follows}, has been judged, but no longer than until ${at(judged.until)}.`;
      return say("follows", false, leader, `held since ${from}`, because);
    }
    case "ended": {
      const because = `The event was held for the one that it follows, ${event.follows}, and before it was judged the automation was changed, disabled or deleted.`;
      return say("follows", false, leader, `held since ${from}`, because);
    }
    case "too-long":
      return say(
        "evaluated",
        false,
        "found by judging the log again since watching began",
        "too much of it",
        "The trigger wants the event; what it did to the trigger's windows takes too long to find out.",
      );
  }
}

function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
