import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOn, hashSeed, TextTable } from "../../../core/trigger/matcher-text-table.ts";

// Keys that begin alike, also of characters that take more than a byte.
const key = fc.oneof(
  fc.nat(40).map((n) => `order.${n}`),
  fc.string({ unit: fc.constantFrom("a", "é", "語", "\u{1f600}"), maxLength: 3 }),
);
const change = fc.record({ key, what: fc.constantFrom("add", "show", "delete") });

for (const reading of ["forward", "backward"] as const)
  test(`a table of texts, read ${reading}, has what a map has, whatever came and went before`, () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 200 }),
        fc.array(key, { maxLength: 20 }),
        (changes, others) => {
          const table = new TextTable<number, string, string>(reading);
          const plain = new Map<string, readonly [number, string | null, string | null]>();
          for (const [at, { key, what }] of changes.entries()) {
            const known = plain.get(key);
            if (what === "add" && known === undefined) {
              table.add(key, at);
              plain.set(key, [at, null, null]);
            } else if (what === "show" && known !== undefined) {
              table.show(key, `owner ${at}`, `open ${at}`);
              plain.set(key, [known[0], `owner ${at}`, `open ${at}`]);
            } else if (what === "delete") {
              table.delete(key);
              plain.delete(key);
            }
          }
          expect(table.size).toBe(plain.size);
          for (const one of [...others, ...changes.map(({ key }) => key)]) {
            expect(table.get(one)).toBe(plain.get(one)?.[0] ?? null);
            expect(found(table, one)).toEqual(plain.get(one) ?? null);
          }
        },
      ),
    );
  });

test("a table of texts tells long keys apart by their length, and by their last character", () => {
  const table = new TextTable<string, never, never>("forward");
  const x = "x".repeat(70_000);
  table.add(x, "x");
  table.add(`${x}y`, "xy");
  expect(table.get(x)).toBe("x");
  expect(table.get(`${x}y`)).toBe("xy");
  expect(table.get(`${x}z`)).toBeNull();
  expect(table.get(x.slice(65_536))).toBeNull();
});

/** What is found by a text that has more behind the key, as it is read. */
function found(table: TextTable<number, string, string>, key: string) {
  const forward = table.reading === "forward";
  const characters = Array.from({ length: key.length }, (_, index) => key.charCodeAt(index));
  const hash = (forward ? characters : characters.toReversed()).reduce(hashOn, hashSeed);
  const slot = table.find(hash, forward ? `${key}.more` : `more.${key}`, key.length);
  let all: unknown = null;
  if (slot >= 0)
    table.give(slot, "passed", (value, owner, open, passed) => {
      expect(passed).toBe("passed");
      all = [value, owner, open];
    });
  return all;
}
