/** How far an event log has been taken in, and what its clocks show. Plain data. Instants are milliseconds. */
export interface LogState {
  /** The last event taken in: judged, held or dropped; 0 before the first. */
  readonly position: number;
  /** The wall clock: the instant up to which everything that falls due has been dealt with. Null before anything was. */
  readonly wall: number | null;
  /** The greatest `occurred` so far, never beyond the wall clock of its moment; null before the first event. */
  readonly eventClock: number | null;
  /** The wall clock when the event clock last advanced. */
  readonly advancedAt: number | null;
}

/** A log of which nothing has been taken in. */
export function emptyLog(wall: number | null): LogState {
  return { position: 0, wall, eventClock: null, advancedAt: null };
}

/** How far the events were behind when the event clock last advanced, in milliseconds. */
export function lagOf({ eventClock, advancedAt }: LogState): number {
  return eventClock === null || advancedAt === null ? 0 : Math.max(0, advancedAt - eventClock);
}

/** The evaluation clock at an instant of the wall clock: deadlines go by it, so that they wait for events as late as these were. */
export function clockAt(log: LogState, wall: number): number {
  return wall - lagOf(log);
}
