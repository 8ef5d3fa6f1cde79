import { expect, it } from "vitest";
import { append, firstCursor, lastCursor, openLogBook, prepend } from "../../web/app/runs/[id]/log-book.ts";

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    cursor: String(from + index),
    level: 20,
    message: "m",
    loggerName: "flow",
    timestamp: "2026-01-01T00:00:00.000Z",
  }));
const cursors = (book: ReturnType<typeof openLogBook>) =>
  book.pieces.flatMap((piece) => piece.lines.map(({ cursor }) => Number(cursor)));

it("keeps 10,000 lines in order, letting the oldest go beyond its bound", () => {
  let book = openLogBook(lines(1, 250), false);
  for (let from = 251; from <= 10_000; from += 50) book = append(book, lines(from, from + 49), 5_000);
  const kept = cursors(book);
  expect(lastCursor(book)).toBe("10000");
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 10_001 - kept.length + index));
  expect(kept.length).toBeLessThanOrEqual(5_000);
  expect(kept.length).toBeGreaterThan(4_800);
  expect(book.count).toBe(kept.length);
  expect(book.hasEarlier).toBe(true);
});

it("leaves whole pieces as they are, so that they are not drawn again", () => {
  const before = openLogBook(lines(1, 250), false);
  const after = append(before, lines(251, 260), 5_000);
  expect(after.pieces.slice(0, 2)).toEqual(before.pieces.slice(0, 2));
  expect(after.pieces[0]).toBe(before.pieces[0]);
  expect(after.pieces[2]?.key).toBe(before.pieces[2]?.key);
});

it("takes earlier lines before its first one", () => {
  const book = prepend(openLogBook(lines(51, 60), true), lines(1, 50), false);
  expect(cursors(book)).toEqual(lines(1, 60).map(({ cursor }) => Number(cursor)));
  expect(firstCursor(book)).toBe("1");
  expect(book.hasEarlier).toBe(false);
});
