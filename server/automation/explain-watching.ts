import sql from "sql-template-tag";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import { type Explained, instantText } from "../../core/trigger/explained.ts";
import type { Trigger } from "../../core/trigger/trigger.ts";
import type { Executor } from "../db.ts";
import { milliseconds } from "./stored-log.ts";

/** How an automation stood at one place of the log. */
export type Watching =
  | {
      readonly kind: "not";
      readonly why: "not created" | "disabled" | "deleted";
      readonly since: number | null;
    }
  | {
      readonly kind: "watching";
      readonly trigger: Trigger;
      readonly triggerVersion: number;
      /** The event with which it began to watch so. `received`: null where that is no longer kept. */
      readonly start: { readonly position: number; readonly received: number | null };
      /** The position of the event with which that ended; null where it has not. */
      readonly end: number | null;
    };

interface Version {
  position: number;
  received: number | null;
  enabled: boolean;
  triggerVersion: number;
  definition: StoredAutomation | null;
}

export async function readWatching(db: Executor, automationId: string, position: number): Promise<Watching> {
  const versions = await db.query<Version>(sql`
    SELECT v.position, ${milliseconds(sql`e.received`)} AS received, v.enabled, v.trigger_version, v.definition
    FROM automation_version v LEFT JOIN event e ON e.id = v.event_id
    WHERE v.automation_id = ${automationId}::uuid AND v.position IS NOT NULL ORDER BY v.position`);
  const now = versions.findLast((version) => version.position <= position);
  if (now === undefined) return { kind: "not", why: "not created", since: null };
  const { definition, triggerVersion, received } = now;
  if (definition === null) return { kind: "not", why: "deleted", since: received };
  if (!now.enabled) return { kind: "not", why: "disabled", since: received };
  const isSame = (version: Version) => version.enabled && version.triggerVersion === triggerVersion;
  const start = versions.find(isSame) ?? now;
  const end = versions.find((version) => version.position > position && !isSame(version));
  return {
    kind: "watching",
    trigger: definition.trigger,
    triggerVersion,
    start,
    end: end?.position ?? null,
  };
}

export function explainEnabled(watching: Watching): Explained {
  const condition = { path: ["enabled"], expected: "enabled when the event came" };
  if (watching.kind === "watching") return { ...condition, holds: true, actual: "enabled", because: "" };
  const since = watching.since === null ? "" : ` since ${instantText(watching.since)}`;
  const actual = watching.why === "not created" ? "not created yet" : `${watching.why}${since}`;
  return {
    ...condition,
    holds: false,
    actual,
    because: `When the event came, the automation was ${actual}.`,
  };
}
