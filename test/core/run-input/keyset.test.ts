import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerKey,
  askingKey,
  checkInputType,
  checkKeyPrefix,
  checkPauseKey,
  defaultKeyPrefix,
  keyset,
  messageKey,
  pauseBaseKey,
  typeBaseKey,
} from "../../../core/run-input/keyset.ts";

const uuid = "0190f4a6-0000-7000-8000-000000000001";
/** What a stored key consists of. */
const storable = /^[a-z0-9-]{1,255}$/;

describe("keysets", () => {
  it("inputs 1: base key person has person-schema, person-description, person-response", () => {
    expect(keyset("person")).toEqual({
      base: "person",
      schema: "person-schema",
      description: "person-description",
      response: "person-response",
    });
  });

  it("inputs 2: Paused and Suspended with key 1 have the bases paused-1 and suspended-1", () => {
    expect(pauseBaseKey({ type: "PAUSED", name: "Paused" }, "1")).toBe("paused-1");
    expect(pauseBaseKey({ type: "PAUSED", name: "Suspended" }, "1")).toBe("suspended-1");
  });

  it.each(["SCHEDULED", "PENDING", "RUNNING", "CANCELLING", "CANCELLED", "COMPLETED", "FAILED", "CRASHED"])(
    "inputs 3: the keyset of a %s state is unsupported",
    (type) => {
      expect(() => pauseBaseKey({ type, name: "Running" }, "1")).toThrow(/unsupported/);
    },
  );

  it("names each asking of one question, and its answer", () => {
    expect([1, 2, 3].map((round) => askingKey("paused-1", round))).toEqual([
      "paused-1",
      "paused-1--2",
      "paused-1--3",
    ]);
    expect(answerKey("paused-1--2")).toBe("paused-1--2-response");
    expect(() => askingKey("paused-1", 0)).toThrow(/counts from 1/);
  });
});

describe("keys of messages", () => {
  it("carry the type's name for reading", () => {
    expect(typeBaseKey("Person")).toBe("person");
    expect(defaultKeyPrefix("ShirtOrder")).toBe("shirtorder-auto");
    expect(messageKey(defaultKeyPrefix("ShirtOrder"), uuid)).toBe(`shirtorder-auto-${uuid}`);
    expect(typeBaseKey("Größe_A b")).toBe("gr--e-a-b");
    expect(typeBaseKey("😀x")).toBe("-x");
  });

  it("inputs 15: a prefix is a literal, so that order, orders and a% are channels of their own with keys that can be stored", () => {
    for (const prefix of ["order", "orders", "a%", "Order", "my prefix", "a_b"]) {
      expect(checkKeyPrefix(prefix)).toBeNull();
      expect(messageKey(prefix, uuid)).toMatch(storable);
    }
    expect(checkKeyPrefix("")).toMatch(/empty/);
    expect(checkKeyPrefix("a\u0000")).toMatch(/NUL/);
    expect(checkKeyPrefix("a\nb")).toMatch(/control/);
    expect(checkKeyPrefix("x".repeat(129))).toMatch(/129.*128/);
  });

  it("may be stored whatever the name of the type", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (name) => {
        expect(messageKey(defaultKeyPrefix(name), uuid)).toMatch(storable);
      }),
    );
  });
});

describe("rules of keys", () => {
  it.each(["2", "007", "my key", "a_b", "Approve", "-a", "a-", "a--b", "", "ä", "a\n", "x".repeat(65)])(
    "inputs 78: the explicit pause key %j is refused",
    (key) => {
      expect(checkPauseKey(key)).toMatch(/pause key/);
    },
  );

  it.each(["approve", "approve-order", "2a", "step-2", "2-3", "x".repeat(64)])(
    "takes the pause key %j",
    (key) => {
      expect(checkPauseKey(key)).toBeNull();
    },
  );

  it.each(["Order", "ShirtOrder", "_x", "$y", "Größe", "订单", "a b.c-d", "string"])(
    "takes %j as the name of a type",
    (name) => {
      expect(checkInputType(name)).toBeNull();
    },
  );

  it.each(["", "1a", "a/b", "a\n", " a", "x".repeat(129), "a%"])(
    "refuses %j as the name of a type",
    (name) => {
      expect(checkInputType(name)).toContain("cannot name an input type");
    },
  );
});
