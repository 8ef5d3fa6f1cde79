import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { satisfies } from "../../../core/event/event-filter.ts";
import { emitEvents } from "../../../server/event/emit-event.ts";
import { filterCondition } from "../../../server/event/filter-sql.ts";
import { findCandidates } from "../../../server/event/find-candidates.ts";
import { parseFilter } from "../../../server/event/parse-filter.ts";
import { readLog } from "../../../server/event/read-log.ts";
import type { EventRow } from "../../../server/event/row.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
let all: EventRow[];

/** Few letters, so that patterns often fit; and those that LIKE, JSON and patterns make something of. */
const text = (least = 0) =>
  fc
    .array(fc.constantFrom("a", "b", "A", ".", "*", "!", "%", "_", "\\", '"', "é"), {
      minLength: least,
      maxLength: 4,
    })
    .map((all) => all.join(""));
const labels = (role: boolean) =>
  fc.record(
    {
      "prefect.resource.id": text(1),
      ...(role && { "prefect.resource.role": text(1) }),
      a: text(),
      b: text(),
    },
    { requiredKeys: ["prefect.resource.id", ...(role ? (["prefect.resource.role"] as const) : [])] },
  );
const event = fc.record({
  event: text(1),
  occurred: fc.integer({ min: 0, max: 20 }).map((hour) => new Date(Date.UTC(2026, 0, 1, hour))),
  resource: labels(false),
  related: fc.array(labels(true), { maxLength: 2 }),
  payload: fc.dictionary(text(), fc.oneof(text(), fc.integer(), fc.array(text(), { maxLength: 2 })), {
    maxKeys: 2,
  }),
});
const spec = fc.dictionary(
  fc.constantFrom("prefect.resource.id", "prefect.resource.role", "a", "b", "c"),
  fc.oneof(text(), fc.array(text(), { maxLength: 3 })),
  { maxKeys: 2 },
);
const moment = fc.option(fc.integer({ min: 0, max: 20 }).map((hour) => new Date(Date.UTC(2026, 0, 1, hour))));
const filter = fc.record(
  {
    events: fc.array(text(), { maxLength: 3 }),
    excludeEvents: fc.array(text(), { maxLength: 2 }),
    resource: spec,
    related: spec,
    text: fc.oneof(
      text(),
      fc.tuple(text(), text()).map((words) => words.join(" ")),
    ),
    occurredAfter: moment,
    occurredBefore: moment,
  },
  { requiredKeys: [] },
);

beforeAll(async () => {
  ctx = await createTestContext();
  const stored = await emitEvents(ctx, fc.sample(event, { numRuns: 400, seed: 7 }));
  all = stored.filter((row): row is EventRow => "position" in row);
  expect(all).toHaveLength(400);
});
afterAll(() => ctx.close());

it("the database and the core let the same events through a filter, and the indexes miss none of them", async () => {
  await fc.assert(
    fc.asyncProperty(filter, async (given) => {
      const parsed = parseFilter(given);
      const wanted = all
        .filter((row) => satisfies(parsed, { ...row, occurred: row.occurred.getTime() }))
        .map(({ position }) => position);
      const condition = filterCondition(parsed) ?? sql`true`;
      const { rows } = await readLog(ctx.db, condition, { order: "asc", limit: 1_000 });
      expect(rows.map(({ position }) => position)).toEqual(wanted);
      const candidates = await findCandidates(ctx.db, parsed);
      if (candidates !== null)
        expect(wanted.filter((position) => !candidates.includes(position))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
