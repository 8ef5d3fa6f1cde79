import fc from "fast-check";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createDb } from "../../server/db.ts";
import { createTestContext, type TestContext } from "../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** The value as Postgres has it, twice: when the statement is described first, and from then on. */
async function backTwice<T>(value: T, type: "text" | "text[]" | "json" | "timestamptz"): Promise<T[]> {
  const read = {
    text: sql`SELECT ${value}::text AS the_value`,
    "text[]": sql`SELECT ${value}::text[] AS the_value`,
    json: sql`SELECT ${value}::json AS the_value`,
    timestamptz: sql`SELECT ${value}::timestamptz AS the_value`,
  }[type];
  const rows = [
    ...(await ctx.db.query<{ theValue: T }>(read)),
    ...(await ctx.db.query<{ theValue: T }>(read)),
  ];
  return rows.map(({ theValue }) => theValue);
}

/** Postgres has no text with NUL, and UTF-8 no halves of surrogate pairs. */
const texts = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", ""));

describe("values", () => {
  it("come back as they went, whatever texts they are", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await backTwice(text, "text")).toEqual([text, text]);
      }),
    );
  });

  it("come back in arrays, with NULL in them", async () => {
    const special = fc.constantFrom('"', "\\", "{", "}", ",", "NULL", "", " ", '\\"');
    const items = fc.array(fc.oneof(texts, special, fc.constant(null)));
    await fc.assert(
      fc.asyncProperty(items, async (array) => {
        expect(await backTwice(array, "text[]")).toEqual([array, array]);
      }),
    );
  });

  it("may be longer than what is usually sent", async () => {
    const long = "ä€𝄞".repeat(700_000);
    const [first, second] = await backTwice(long, "text");
    expect(first === long && second === long).toBe(true);
  });

  it.each([
    "2026-11-21T10:11:12.345Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    "+010000-01-01T00:00:00.000Z",
  ])("are moments: %s", async (text) => {
    const moment = new Date(text);
    expect(await backTwice(moment, "timestamptz")).toEqual([moment, moment]);
  });

  it("are objects as JSON, numbers, truths, bytes, and NULL for what is not there", async () => {
    expect(await backTwice({ a: ['"', null] }, "json")).toEqual([{ a: ['"', null] }, { a: ['"', null] }]);
    const [row] =
      await ctx.db.query(sql`SELECT ${1.5}::float8 AS half, ${true}::boolean AS yes, ${2 ** 40}::bigint AS large,
      ${Buffer.from([0, 92, 255])}::bytea AS bytes, ${null}::text AS nothing, ${undefined}::text AS left_out`);
    const bytes = Buffer.from([0, 92, 255]);
    expect(row).toEqual({ half: 1.5, yes: true, large: 2 ** 40, bytes, nothing: null, leftOut: null });
  });
});

describe("a statement", () => {
  it("that answers no rows answers none, each time", async () => {
    const write = () => ctx.db.query(sql`UPDATE flow SET name = name WHERE name = ${"nobody's"}`);
    expect([await write(), await write()]).toEqual([[], []]);
  });

  it("answers all its rows in their order", async () => {
    const count = () => ctx.db.query<{ n: number }>(sql`SELECT n FROM generate_series(1, ${1_000}::int) n`);
    await count();
    expect((await count()).map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  it("is refused with what Postgres says, and its connection goes on", async () => {
    await ctx.db.transaction(async (tx) => {
      const divide = (by: number) => tx.query<{ is: number }>(sql`SELECT 6 / ${by}::int AS is`);
      expect(await divide(2)).toEqual([{ is: 3 }]);
      await tx.query(sql`SAVEPOINT before`);
      await expect(divide(0)).rejects.toMatchObject({ code: "22012", message: "division by zero" });
      await tx.query(sql`ROLLBACK TO before`);
      expect(await divide(3)).toEqual([{ is: 2 }]);
    });
  });

  it("that was refused when it was first run is run again", async () => {
    const divide = (by: number) => ctx.db.query<{ was: number }>(sql`SELECT 6 / ${by}::int AS was`);
    for (let run = 0; run < 3; run++) await expect(divide(0)).rejects.toMatchObject({ code: "22012" });
    expect(await divide(2)).toEqual([{ was: 3 }]);
    expect(await divide(3)).toEqual([{ was: 2 }]);
  });

  it("that cannot be read is refused, and its connection goes on", async () => {
    const wrong = () => ctx.db.query(sql`SELEKT ${1}::int`);
    await expect(wrong()).rejects.toMatchObject({ code: "42601" });
    await expect(wrong()).rejects.toMatchObject({ code: "42601" });
    expect(await ctx.db.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });

  it("with a value that cannot be sent is refused before it is sent", async () => {
    await expect(ctx.db.query(sql`SELECT ${(() => 1) as unknown as string}::text`)).rejects.toThrow(
      /function is no value/,
    );
    expect(await ctx.db.query(sql`SELECT 2 AS two`)).toEqual([{ two: 2 }]);
  });

  it("whose connection is lost meanwhile is refused", async () => {
    const ended = ctx.db.query(sql`SELECT pg_terminate_backend(pg_backend_pid())`);
    await expect(ended).rejects.toMatchObject({ code: "57P01" });
    expect(await ctx.db.query(sql`SELECT 3 AS three`)).toEqual([{ three: 3 }]);
  });
});

describe("statements in one message", () => {
  async function oneConnection() {
    const db = createDb(ctx.db.openPool(1));
    onTestFinished(() => db.close());
    await db.query(sql`CREATE TEMPORARY TABLE note (id int PRIMARY KEY, text text)`);
    const all = () => db.query<{ id: number; text: string }>(sql`SELECT id, text FROM note ORDER BY id`);
    return { db, all };
  }
  const insert = (id: number, text: string) => sql`INSERT INTO note VALUES (${id}, ${text})`;
  const change = (id: number, text: string) =>
    sql`UPDATE note SET text = ${text} WHERE id = ${id} RETURNING *`;

  it("are run in their order, prepared or not, each as often as it is given", async () => {
    const { db, all } = await oneConnection();
    for (const round of ["first", "second"]) {
      await db.transaction(async (tx) => {
        await tx.all([insert(1, "one"), insert(2, "two"), change(1, round), change(2, `${round}, too`)]);
        await tx.all([]);
        tx.last(sql`INSERT INTO note VALUES (3, 'last')`);
      });
      expect(await all()).toEqual([
        { id: 1, text: round },
        { id: 2, text: `${round}, too` },
        { id: 3, text: "last" },
      ]);
      await db.query(sql`DELETE FROM note`);
    }
  });

  it("leave nothing where one is refused, and can be sent again", async () => {
    const { db, all } = await oneConnection();
    const twice = [insert(1, "one"), change(1, "changed"), insert(1, "again"), sql`DELETE FROM note`];
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(db.transaction((tx) => tx.all(twice))).rejects.toThrow("duplicate key");
      expect(await all()).toEqual([]);
    }
    await db.transaction((tx) => tx.all([insert(1, "one"), change(1, "changed"), insert(2, "two")]));
    expect(await all()).toEqual([
      { id: 1, text: "changed" },
      { id: 2, text: "two" },
    ]);
  });

  it("with a value that cannot be sent: none of them is", async () => {
    const { db, all } = await oneConnection();
    const bad = sql`INSERT INTO note VALUES (2, ${Symbol("none") as never})`; // no type lets it through
    await expect(db.transaction((tx) => tx.all([insert(1, "one"), bad]))).rejects.toThrow(
      "a symbol is no value",
    );
    expect(await all()).toEqual([]);
  });
});
