import fc from "fast-check";
import { expect, test } from "vitest";
import { byCodePoint } from "../../core/code-points.ts";

const characters = fc.constantFrom("a", "b", "\uff5e", "\ue000", "\u{10000}", "\u{1f600}", "\ud7ff");
const texts = fc.array(characters, { maxLength: 4 }).map((all) => all.join(""));

test("texts are ordered by their code points, also where halves of pairs would be in another order", () => {
  expect(["\u{10000}", "\uff5e", "b", "ab", "a", ""].sort(byCodePoint)).toEqual([
    "",
    "a",
    "ab",
    "b",
    "\uff5e",
    "\u{10000}",
  ]);
  const points = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const plainly = (a: string, b: string) => {
    const [x, y] = [points(a), points(b)];
    const at = x.findIndex((point, index) => point !== y[index]);
    return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
  };
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(plainly(a, b)));
    }),
  );
});
