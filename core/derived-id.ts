import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The namespace of all ids that are derived here. */
const namespace = Uint8Array.from("6d1f3c8e5b0a4f7e9c2d8a417be05f36".match(/../g) ?? [], (pair) =>
  Number.parseInt(pair, 16),
);

/** The id (a UUID of version 5) that belongs to these parts: the same parts, in the same order, give the same id anywhere. */
export function derivedId(
  ...parts: readonly (string | number | null | readonly (string | number)[])[]
): string {
  const name = utf8ToBytes(JSON.stringify(parts));
  const whole = new Uint8Array(namespace.length + name.length);
  whole.set(namespace);
  whole.set(name, namespace.length);
  const digest = sha1(whole).slice(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(digest);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
