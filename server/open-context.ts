import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PostgresBus } from "./bus/postgres-bus.ts";
import type { Context } from "./context.ts";
import { createDb } from "./db.ts";
import type { Settings } from "./env.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { newId } from "./new-id.ts";
import { openPool } from "./open-pool.ts";
import { createOutgoing } from "./outgoing/outgoing.ts";
import { findRoot } from "./root.ts";
import { createSecrets } from "./secret/secrets.ts";
import { createTemplates } from "./template/templates.ts";

/** What contexts begin with, and its end. */
export interface OpenContext {
  context: Omit<Context, "actor">;
  /** Ends the bus and all connections. */
  close(): Promise<void>;
}

/** Connects to the database. Its tables have to be there. */
export async function openContext(
  databaseUrl: string,
  settings: Settings,
  report: (what: string, cause: unknown) => void,
): Promise<OpenContext> {
  const pool = openPool(databaseUrl, report);
  const db = createDb(pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const bus = new PostgresBus({ connect: () => db.connect(), log: report });
  const templates = createTemplates({ publicUrl: () => settings.publicUrl });
  const keyFile = path.resolve(findRoot(), settings.dataDir, "secret-key");
  return {
    context: {
      db,
      prisma,
      bus,
      settings,
      templates,
      outgoing: createOutgoing(settings.allowedAddresses),
      secrets: createSecrets(settings.secretKey, keyFile),
      serverId: newId(),
      now: () => new Date(),
      newId,
    },
    async close() {
      await templates.close();
      await bus.close();
      await prisma.$disconnect();
      await db.close();
    },
  };
}
