import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** SHA-1 in hexadecimal digits, anywhere. */
export function portableSha1(bytes: Uint8Array): string {
  return bytesToHex(sha1(bytes));
}

const native = globalThis.process?.getBuiltinModule?.("node:crypto")?.hash;

/** The same; where this runs in Node by its own digest, which is several times faster, from the first call on. */
export const hexSha1: typeof portableSha1 =
  native === undefined ? portableSha1 : (bytes) => native("sha1", bytes, "hex");
