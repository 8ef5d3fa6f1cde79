import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import sql from "sql-template-tag";
import { v7 } from "uuid";
import { MemoryBus } from "../../server/bus/memory-bus.ts";
import type { Context } from "../../server/context.ts";
import { createDb } from "../../server/db.ts";
import { readSettings } from "../../server/env.ts";
import { PrismaClient } from "../../server/generated/prisma/client.ts";
import { openPool } from "../../server/open-pool.ts";
import { createOutgoing } from "../../server/outgoing/outgoing.ts";
import { createSecrets } from "../../server/secret/secrets.ts";
import { createTemplates } from "../../server/template/templates.ts";
import { createTestDatabase } from "./database.ts";
import { patientPool } from "./templates.ts";

/** What verbs are called with, on a database of the file's own. */
export interface TestContext extends Context {
  close(): Promise<void>;
}

/** Call it in `beforeAll`, and its `close` in `afterAll`. Its database is its own unless one is given. */
export async function createTestContext(
  env: Record<string, string> = {},
  databaseUrl?: string,
): Promise<TestContext> {
  const database = databaseUrl === undefined ? await createTestDatabase() : undefined;
  // A dropped database ends the connections that idle on it.
  const pool = openPool(databaseUrl ?? database?.url ?? "", () => undefined);
  const db = createDb(pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const bus = new MemoryBus();
  const settings = readSettings(env);
  const templates = createTemplates({ publicUrl: () => settings.publicUrl, pool: patientPool() });
  const serverId = randomUUID();
  await db.query(sql`INSERT INTO server (id) VALUES (${serverId}::uuid)`);
  return {
    db,
    prisma,
    bus,
    settings,
    templates,
    outgoing: createOutgoing(settings.allowedAddresses),
    secrets: createSecrets(settings.secretKey ?? new Uint8Array(32), ""),
    serverId,
    actor: { kind: "operator" },
    now: () => new Date(),
    newId: () => v7(),
    async close() {
      await templates.close();
      await bus.close();
      await prisma.$disconnect();
      await db.close();
      await database?.drop();
    },
  };
}
