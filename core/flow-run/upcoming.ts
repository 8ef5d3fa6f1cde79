/** What tells whether a run is upcoming; `scheduledFor` is from when it may begin, `leaseUntil` null where no process has it. */
export interface Upcoming {
  stateType: string;
  scheduledFor: Date | null;
  runCount: number;
  leaseUntil: Date | null;
}

/**
 * Whether a run has not begun and only waits for its time to come. One that is due waits for something else, and one that has
 * begun, and is to be tried again, is something that happened.
 */
export function isUpcoming({ stateType, scheduledFor, runCount, leaseUntil }: Upcoming, now: Date): boolean {
  const waits = stateType === "SCHEDULED" && leaseUntil === null && runCount === 0;
  return waits && scheduledFor !== null && scheduledFor > now;
}
