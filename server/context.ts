import type { Bus } from "./bus/bus.ts";
import type { Db } from "./db.ts";
import type { Settings } from "./env.ts";
import type { PrismaClient } from "./generated/prisma/client.ts";
import type { Outgoing } from "./outgoing/outgoing.ts";
import type { Secrets } from "./secret/secrets.ts";
import type { Templates } from "./template/templates.ts";

/** Who acts. */
export type Actor = { kind: "operator" } | { kind: "system" };

/** What every verb and resolver is given. Each operation has a Context object of its own. */
export interface Context {
  db: Db;
  /** Over the same pool as `db`. */
  prisma: PrismaClient;
  bus: Bus;
  settings: Settings;
  templates: Templates;
  /** Calls of others. */
  outgoing: Outgoing;
  secrets: Secrets;
  /** This server's row among those that run on the database. */
  serverId: string;
  actor: Actor;
  /** Aborted when whoever asked is gone, where that can be told: for work that takes long and that nobody else wants. */
  signal?: AbortSignal | undefined;
  now(): Date;
  /** A new UUID, ordered by time. */
  newId(): string;
}
