import { createHash } from "node:crypto";

/** A key that an index can hold, in bytes; label values may be far longer. */
const longest = 1_000;

/** A bucket's key as it is stored: itself, or the digest of one that is too long for an index. */
export function storedKey(keyText: string): string {
  if (Buffer.byteLength(keyText) <= longest) return keyText;
  // No key is such a text: keys are JSON arrays.
  return `sha256:${createHash("sha256").update(keyText).digest("hex")}`;
}
