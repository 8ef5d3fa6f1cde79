import type { Bucket } from "./bucket.ts";
import type { BucketOutcome, Ignored } from "./step.ts";

/** What one input does to one window. */
export interface Verdict {
  /** The window from now on; null where none is open. */
  readonly after: Bucket | null;
  readonly outcome: BucketOutcome;
  /** The window as it was when the trigger fired; null where it did not. */
  readonly fired: Bucket | null;
}

/** Nothing happens. */
export function ignored(bucket: Bucket | null, reason: Ignored): Verdict {
  return { after: bucket, outcome: { kind: "ignored", reason }, fired: null };
}
