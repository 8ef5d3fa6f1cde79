const prefix = "prefect.flow-run.";

/** The name of the state that a flow run's state event tells of, such as `Failed`; null for every other event. */
export function runStateOf(eventName: string): string | null {
  if (!eventName.startsWith(prefix)) return null;
  const state = eventName.slice(prefix.length);
  return state === "" || state.includes(".") ? null : state;
}
