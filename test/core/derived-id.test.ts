import fc from "fast-check";
import { v5 } from "uuid";
import { expect, it } from "vitest";
import { derivedId } from "../../core/derived-id.ts";
import { hexSha1, portableSha1 } from "../../core/sha1.ts";

it("derived ids are UUIDs of version 5 of what they are derived from", () => {
  const namespace = "6d1f3c8e-5b0a-4f7e-9c2d-8a417be05f36";
  for (const parts of [["firing", "a", 1, ["b", 2], null, 0], ["é\0😀", "x".repeat(500)], []])
    expect(derivedId(...parts)).toBe(v5(JSON.stringify(parts), namespace));
  // For good: what was stored under such an id is found by it.
  expect(derivedId("firing", "a", 1)).toBe("0b4329a3-bd35-58cb-a5c2-c610de990a98");
});

it("they are alike in Node and elsewhere", () => {
  expect(hexSha1).not.toBe(portableSha1); // Node has a digest of its own
  fc.assert(fc.property(fc.uint8Array(), (bytes) => hexSha1(bytes) === portableSha1(bytes)));
});
