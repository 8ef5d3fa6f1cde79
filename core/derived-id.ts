import { hexSha1 } from "./sha1.ts";

/** The namespace of all ids that are derived here. */
const namespace = Uint8Array.from("6d1f3c8e5b0a4f7e9c2d8a417be05f36".match(/../g) ?? [], (pair) =>
  Number.parseInt(pair, 16),
);

const encoder = new TextEncoder();
/** What is digested: the namespace, and a name behind it. One place for all short names, for ids are derived by the thousand. */
const place = placeFor(1_000);

function placeFor(characters: number): Uint8Array<ArrayBuffer> {
  // No unit of a text comes to more than three bytes.
  const made = new Uint8Array(namespace.length + characters * 3);
  made.set(namespace);
  return made;
}

/** The id (a UUID of version 5) that belongs to these parts: the same parts, in the same order, give the same id anywhere. */
export function derivedId(
  ...parts: readonly (string | number | null | readonly (string | number)[])[]
): string {
  const name = JSON.stringify(parts);
  const whole = namespace.length + name.length * 3 <= place.length ? place : placeFor(name.length);
  const { written } = encoder.encodeInto(name, whole.subarray(namespace.length));
  const hex = hexSha1(whole.subarray(0, namespace.length + written));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
