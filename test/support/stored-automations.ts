import sql from "sql-template-tag";
import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import type { Context } from "../../server/context.ts";

/** A trigger, where it does not matter which. */
export const walked = { expect: ["animal.walked"], match: { genus: "Marmota" }, threshold: 3, within: 10 };

/** An automation that does nothing, with more of its document. */
export function definition(name: string, more: object = {}): AutomationDefinition {
  return parseAutomationDocument({ name, trigger: walked, actions: [{ type: "do-nothing" }], ...more });
}

/** What was told about an automation, in the log's order. */
export async function toldOf(ctx: Context, id: string) {
  return ctx.db.query<{
    id: string;
    event: string;
    position: number;
    resource: object;
    related: object[];
    payload: Record<string, unknown>;
    follows: string | null;
  }>(sql`SELECT id, event, position, resource, related, payload, follows FROM event
    WHERE resource->>'prefect.resource.id' = ${`prefect.automation.${id}`} ORDER BY position`);
}

/** The same by the last part of their names. */
export const namesOf = async (ctx: Context, id: string) =>
  (await toldOf(ctx, id)).map(({ event }) => event.replace("prefect.automation.", ""));

/** The versions of an automation, the first one first. */
export async function versionsOf(ctx: Context, id: string) {
  return ctx.db.query<{
    revision: number;
    eventId: string;
    position: number | null;
    enabled: boolean;
    triggerVersion: number;
    definition: { trigger: { id: string }; name: string } | null;
  }>(sql`SELECT revision, event_id, position, enabled, trigger_version, definition FROM automation_version
    WHERE automation_id = ${id}::uuid ORDER BY revision`);
}
