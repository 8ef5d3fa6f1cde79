import { expect, it } from "vitest";
import { endOfTime, nextTimes } from "../../core/schedule/next-times.ts";
import { parseSchedule } from "../../core/schedule/parse.ts";
import { textOf } from "./support/pages.ts";

/** Rows such as: | `cron 0 9 * * *`, anchor 2026-01-01T01:30Z | after | times |. */
const row = /^\| `(cron|interval|rrule) ([^`]+)`(?:, anchor (\S+))? \| (\S+Z) \| ([^|]+) \|$/gm;
const rows = [...textOf("docs/schedules.md").matchAll(row)].map(
  ([, kind = "", value = "", anchor, after, times]) => ({
    name: `${kind} ${value} after ${after}`,
    document: { [kind]: kind === "interval" ? Number(value) : value, anchor, timezone: "Europe/Berlin" },
    after: Date.parse(after ?? ""),
    times: times?.split(", ").map((time) => Date.parse(time)) ?? [],
  }),
);

it("the page's table of times has all kinds", () => {
  expect(rows).toHaveLength(7);
});

it.each(rows)("the page is right: $name", ({ document, after, times }) => {
  expect(nextTimes(parseSchedule(document), after, endOfTime, times.length)).toEqual(times);
});
