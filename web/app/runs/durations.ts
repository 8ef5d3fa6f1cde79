import type { StateType } from "../../gql/graphql.ts";
import { lengthText, tookText } from "../../ui/time-text.ts";

interface PastState {
  type: StateType;
  timestamp: string;
}

/**
 * Milliseconds that a run's code has been running, by its states: waits, and the time between attempts, do not count.
 *
 * @param states oldest first
 */
export function ranFor(states: readonly PastState[], now: number): number {
  return states.reduce((sum, { type, timestamp }, index) => {
    const next = states[index + 1];
    const until = next === undefined ? now : Date.parse(next.timestamp);
    return type === "RUNNING" ? sum + Math.max(0, until - Date.parse(timestamp)) : sum;
  }, 0);
}

/**
 * How long a run ran and, where it has also waited for a second or more, how long it was from its start to its end, or until now.
 *
 * @param span milliseconds from its start on
 */
export function durationsText(ran: number, span: number, ended: boolean): string {
  const text = ended ? tookText(ran) : lengthText(ran);
  if (span - ran < 1000) return text;
  return `${text} · ${lengthText(span)} ${ended ? "from start to end" : "since its start"}`;
}
