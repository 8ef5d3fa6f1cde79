import { version } from "uuid";
import { expect, it, onTestFinished, vi } from "vitest";
import { newId } from "../../server/new-id.ts";

it("makes ids of version 7, each greater than the one before, of one millisecond too", () => {
  const ids = Array.from({ length: 2_000 }, () => newId());
  expect(ids.every((id) => version(id) === 7)).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it("goes on growing when the clock is set back, and tells the time once it is reached again", () => {
  const before = newId();
  const clock = vi.spyOn(Date, "now");
  onTestFinished(() => clock.mockRestore());
  clock.mockReturnValue(Date.parse("2020-01-01T00:00:00Z"));
  const meanwhile = newId();
  expect(meanwhile > before).toBe(true);
  clock.mockRestore();
  const begun = Date.now() + 1;
  while (Date.now() < begun);
  const after = newId();
  expect(after > meanwhile).toBe(true);
  expect(Number.parseInt(after.replaceAll("-", "").slice(0, 12), 16)).toBeGreaterThanOrEqual(begun);
});
