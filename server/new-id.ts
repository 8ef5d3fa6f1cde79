import { randomFillSync } from "node:crypto";

const random = Buffer.alloc(10);

/** A new UUID of version 7: ordered by the millisecond in which it was made. */
export function newId(now = Date.now()): string {
  randomFillSync(random);
  const time = now.toString(16).padStart(12, "0");
  const tail = random.toString("hex");
  const variant = (8 + (Number.parseInt(tail.charAt(3), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant}${tail.slice(4, 7)}-${tail.slice(7, 19)}`;
}
