import sql from "sql-template-tag";
import { type ActionList, actionLists } from "../../core/action/action-run-id.ts";
import { automationResource } from "../../core/action/automation-resource.ts";
import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";

/** An action of an automation: the list that it stands in, and its place there, from 0. */
export interface ActionPlace {
  automation: string;
  list: string;
  place: number;
}

/**
 * Has an action that was disabled carried out again from the next firing on. One that is not disabled stays as it is.
 *
 * @returns the automation's id
 * @throws NotFoundError
 * @throws InvalidInputError where there is no such list
 */
export async function enableAction(
  ctx: Context,
  { automation: id, list, place }: ActionPlace,
): Promise<string> {
  if (!isList(list))
    throw InvalidInputError.at(["list"], `${JSON.stringify(list)} is none of ${actionLists.join(", ")}`);
  const enabled = await ctx.db.transaction(async (tx) => {
    const [automation] = isId(id)
      ? await tx.query<{ id: string; name: string }>(
          sql`SELECT id, name FROM automation WHERE id = ${id}::uuid AND deleted_at IS NULL FOR KEY SHARE`,
        )
      : [];
    if (automation === undefined) throw new NotFoundError("automation", id);
    const [was] = await tx.query<{ disabledAt: Date | null }>(sql`
      DELETE FROM action_failure WHERE automation_id = ${automation.id}::uuid AND list = ${list} AND place = ${place}::int
      RETURNING disabled_at`);
    if (was?.disabledAt == null) return false;
    tx.last(appendEvents([enabledEvent(ctx, automation, { list, place })]));
    return true;
  });
  if (enabled) ctx.bus.notify("events");
  return id.toLowerCase();
}

function enabledEvent(
  ctx: Context,
  automation: { id: string; name: string },
  action: { list: ActionList; place: number },
): NewEvent {
  return {
    id: ctx.newId(),
    event: "prefect.automation.action.enabled",
    occurred: ctx.now(),
    resource: automationResource(automation),
    related: [],
    payload: action,
    follows: null,
    chain: [],
  };
}

function isList(list: string): list is ActionList {
  return (actionLists as readonly string[]).includes(list);
}
