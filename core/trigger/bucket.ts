/** The window of one key of an event trigger. Plain data: JSON there and back changes nothing. Instants are milliseconds. */
export interface Bucket {
  /** Events before it are too old; null takes any. */
  readonly start: number | null;
  /** The first instant that is too late; null where it has no end. */
  readonly end: number | null;
  /** When it is to be looked at on the evaluation clock: its end where that is a deadline, null where time alone does nothing. */
  readonly dueAt: number | null;
  readonly count: number;
  /** The id of the last event that touched it: that opened it, was counted, or came to arm it again. */
  readonly lastEvent: string | null;
  /** The time of the firing that it follows on. */
  readonly firedAt: number | null;
  /** Ids of the last events that counted, at most `mostCounted`, in the order of counting. */
  readonly counted: readonly string[];
}

/** How many ids of counted events a bucket and a firing keep. */
export const mostCounted = 100;

/** How long before its first event the first window of a key begins, in milliseconds: events of one burst count in any order. */
export const tolerance = 900_000;

/**
 * How long a reactive window that has run out is remembered, in milliseconds of the event clock: late events meet the window in which they
 * occurred. From then on it counts as gone, so that its row may be deleted at any time.
 */
export const forgottenAfter = 86_400_000;

/** One more counted event. */
export function counting(bucket: Bucket, eventId: string): Bucket {
  const kept = bucket.counted.length < mostCounted ? bucket.counted : bucket.counted.slice(1 - mostCounted);
  return { ...bucket, count: bucket.count + 1, lastEvent: eventId, counted: [...kept, eventId] };
}
