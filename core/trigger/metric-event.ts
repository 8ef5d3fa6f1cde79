import type { LogEvent } from "../event/event.ts";

const prefix = "prefect.flow-run.";

/** The name of the state that a flow run's state event tells of, such as `Failed`; null for every other event. */
export function runStateOf(eventName: string): string | null {
  if (!eventName.startsWith(prefix)) return null;
  const state = eventName.slice(prefix.length);
  return state === "" || state.includes(".") ? null : state;
}

/** The states that figures look at, by the types of which they are the ordinary names. `Late` is a name alone. */
const ordinary = new Map([
  ["PENDING", "Pending"],
  ["RUNNING", "Running"],
  ["COMPLETED", "Completed"],
  ["FAILED", "Failed"],
  ["CRASHED", "Crashed"],
  ["CANCELLED", "Cancelled"],
]);

/** The state that a run's state event tells of, under its ordinary name: a state may be called anything, and its type is in a label. */
export function measuredState({ event, resource }: Pick<LogEvent, "event" | "resource">): string {
  return ordinary.get(resource["prefect.state-type"] ?? "") ?? runStateOf(event) ?? "";
}
