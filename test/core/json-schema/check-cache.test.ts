import { describe, expect, it } from "vitest";
import { CheckCache } from "../../../core/json-schema/check-cache.ts";
import { UnusableSchema } from "../../../core/json-schema/check-value.ts";

describe("the cache of checks", () => {
  it("keeps those used last", () => {
    const cache = new CheckCache(2);
    const first = cache.get({ type: "string" });
    expect(cache.get({ type: "string" })).toBe(first);
    cache.get({ type: "number" });
    expect(cache.get({ type: "string" })).toBe(first);
    cache.get({ type: "boolean" });
    expect(cache.get({ type: "string" })).toBe(first);
    const number = cache.get({ type: "number" });
    expect(number(1).ok).toBe(true);
    expect(() => cache.get({ type: "x" })).toThrow(UnusableSchema);
    expect(() => cache.get({ type: "x" })).toThrow('names the type "x"; there are array, boolean,');
  });
});
