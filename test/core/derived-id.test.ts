import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

/** The function as a runtime has it that gives it such a `process`. */
async function derivedIdWith(process: unknown) {
  vi.resetModules();
  vi.stubGlobal("process", process);
  const { derivedId } = await import("../../core/derived-id.ts");
  return derivedId;
}

it("ids are derived alike with Node's own digest and without it", async () => {
  const inNode = await derivedIdWith(globalThis.process);
  const anywhere = await derivedIdWith(undefined);
  for (const parts of [["firing", "a", 1, ["b", 2], null, 0], ["é\0😀", "x".repeat(500)], []])
    expect(inNode(...parts)).toBe(anywhere(...parts));
  // For good: what was stored under such an id is found by it.
  expect(anywhere("firing", "a", 1)).toBe("0b4329a3-bd35-58cb-a5c2-c610de990a98");
});
