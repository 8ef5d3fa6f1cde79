import { RRuleTemporal } from "rrule-temporal";
import { wholeRule } from "./rule-text.ts";

/** What is looked through for a time before a rule counts as one that never comes: some 100 ms. */
const mostPeriods = 2000;
const mostCandidates = 20_000;

/**
 * The next time after an instant of a recurrence rule; null where there is none. As RFC 5545 has it, a time that the clock is set forward
 * over is left out, and one that it shows twice comes the first time. One that is too far off to be found is none.
 *
 * @param anchor the rule's beginning where its text has none
 * @throws Error that says what is wrong with the rule
 */
export function ruleTimes(
  text: string,
  anchor: number | null,
  timezone: string,
): (after: number) => number | null {
  const rruleString = wholeRule(text, anchor, timezone);
  const rule = new RRuleTemporal({
    rruleString,
    maxIterations: mostPeriods,
    maxCandidateEvaluations: mostCandidates,
  });
  if (/;COUNT=/.test(rruleString)) {
    // Where runs are counted, each look begins with the first: they are found once.
    const all = rule.all().map(({ epochMilliseconds }) => Number(epochMilliseconds));
    return (after) => all.find((time) => time > after) ?? null;
  }
  return (after) => {
    try {
      const next = rule.next(new Date(after));
      return next === null ? null : Number(next.epochMilliseconds);
    } catch (error) {
      if (error instanceof Error && tooFar.test(error.message)) return null;
      throw error;
    }
  };
}

/** How the library says that it has given up. */
const tooFar = /^Maximum|Out-of-bounds/;
