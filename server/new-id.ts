import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Random bytes are drawn for many ids at once: a draw costs more than all the rest of an id. */
const drawn = new Uint8Array(16 * 256);
let used = drawn.length;
let newest = 0; // milliseconds
let sequence = 0;

/** A new UUID of version 7. Those of one process grow. */
export function newId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const random = drawn.subarray(used, used + 16);
  used += 16;
  return v7({ random, ...place(random) });
}

/** Where the id stands in time: behind the one before, even within its millisecond, and when the clock is set back. */
function place(random: Uint8Array): { msecs: number; seq: number } {
  const now = Date.now();
  if (now > newest) {
    newest = now;
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1;
  } else if (++sequence === 2 ** 32) {
    newest++;
    sequence = 0;
  }
  return { msecs: newest, seq: sequence };
}
