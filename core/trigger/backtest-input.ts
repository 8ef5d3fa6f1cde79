import type { Issue } from "../error.ts";
import { type GivenEvent, parseEvent } from "../event/parse-event.ts";
import { textProblem } from "../json.ts";
import type { BacktestEvent } from "./backtest-events.ts";

/** An event for a backtest as somebody gives it. `id` and `follows` are any texts. */
export interface GivenBacktestEvent extends GivenEvent {
  occurred: Date;
  received?: Date | null | undefined;
}

export type BacktestEventParse = { ok: true; event: BacktestEvent } | { ok: false; issues: Issue[] };

/**
 * Checks an event by the rules that all events have, but those of time and of ids.
 *
 * @param path of the event
 * @param newId for one that has none
 */
export function parseBacktestEvent(
  given: GivenBacktestEvent,
  path: readonly string[],
  newId: () => string,
): BacktestEventParse {
  const { occurred, received, follows } = given;
  const parse = parseEvent({ ...given, id: null, follows: null, occurred: null }, { newId, now: occurred });
  const issues = [
    ...(parse.ok ? [] : parse.issues),
    ...textIssues(given.id, "id"),
    ...textIssues(follows, "follows"),
  ];
  if (!parse.ok || issues.length > 0) {
    return { ok: false, issues: issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })) };
  }
  const { id, event, resource, related } = parse.event;
  return {
    ok: true,
    event: {
      id: given.id ?? id,
      event,
      resource,
      related,
      occurred: occurred.getTime(),
      follows: follows ?? null,
      received: received?.getTime(),
    },
  };
}

function textIssues(text: string | null | undefined, field: "id" | "follows"): Issue[] {
  if (text == null) return [];
  const problem = text === "" ? "must not be empty" : textProblem(text);
  return problem === null ? [] : [{ path: [field], message: problem }];
}
