import type { Bucket } from "./bucket.ts";
import type { Memory } from "./memory.ts";

/** The state that an evaluation reads. */
export interface StateReader {
  /** @returns null where no window is open */
  bucket(triggerId: string, keyText: string): Bucket | null;
  /** @returns null where nothing is remembered */
  memory(triggerId: string): Memory | null;
}

/** How a row is from now on; null where there is none any more. */
export type StateChange =
  | {
      readonly kind: "bucket";
      readonly triggerId: string;
      readonly keyText: string;
      readonly bucket: Bucket | null;
    }
  | { readonly kind: "memory"; readonly triggerId: string; readonly memory: Memory | null };
