import { createServer } from "node:net";
import { expect, it } from "vitest";
import { readSettings } from "../../server/env.ts";
import { assertUsable } from "../../server/postgres/usable.ts";
import { createTestDatabase } from "../support/database.ts";

/** A port of this machine that nobody listens on. */
async function deserted(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

it("a database that is there is usable", async () => {
  const database = await createTestDatabase();
  await expect(assertUsable(database.url)).resolves.toBeUndefined();
  await database.drop();
});

it("one that nobody serves is named, with the reason and what to do, and without its password", async () => {
  const port = await deserted();
  for (const host of ["127.0.0.1", "localhost"]) {
    const failed = assertUsable(`postgres://me:hidden@${host}:${port}/data`).catch(
      (error: Error) => error.message,
    );
    expect(await failed).toMatch(
      new RegExp(
        `^The database me@${host}:${port}/data cannot be reached: .*ECONNREFUSED.*\\. Start it, or correct DATABASE_URL`,
      ),
    );
    expect(await failed).not.toContain("hidden");
  }
});

it("an unknown database of a server is named", async () => {
  const database = await createTestDatabase();
  const url = new URL(database.url);
  url.pathname = "/nobody-made-it";
  await expect(assertUsable(url.href)).rejects.toThrow(
    /nobody-made-it cannot be reached: database "nobody-made-it" does not exist\./,
  );
  await database.drop();
});

it.each(["garbage", "mysql://a:hidden@b/c", "postgres:/hidden", "postgres://a:hidden@b:port/c"])(
  "%s is no address of a Postgres, and is not repeated",
  (DATABASE_URL) => {
    const read = () => readSettings({ DATABASE_URL });
    expect(read).toThrow("DATABASE_URL=(not shown): must be a URL such as postgres://");
    expect(read).not.toThrow("hidden");
  },
);
