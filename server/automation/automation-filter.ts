import sql from "sql-template-tag";
import { actionTypes } from "../../core/automation/action-kinds.ts";
import { suggestion } from "../../core/document/nearest.ts";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";
import type { Automation, Prisma } from "../generated/prisma/client.ts";
import { badCursor, badUserInput } from "../graphql/request-error.ts";

type Where = Prisma.AutomationWhereInput;

/** What automations are wanted; what is left out or null restricts nothing. */
export interface AutomationFilterArgs {
  names?: readonly string[] | null | undefined;
  enabled?: boolean | null | undefined;
  tags?: readonly string[] | null | undefined;
  anyTags?: readonly string[] | null | undefined;
  noTags?: readonly string[] | null | undefined;
  tagged?: boolean | null | undefined;
  ownerResource?: string | null | undefined;
  owned?: boolean | null | undefined;
  relatedTo?: string | null | undefined;
  createdBefore?: Date | null | undefined;
  triggerTypes?: readonly string[] | null | undefined;
  actionTypes?: readonly string[] | null | undefined;
}

const triggerTypes = ["event", "compound", "sequence", "metric"];

/** The conditions of a filter, all of which must hold. @throws GraphQLError for a type that there is not */
export async function conditionsOf(db: Executor, filter: AutomationFilterArgs): Promise<Where[]> {
  const acting = filter.actionTypes == null ? [] : [await withAction(db, filter.actionTypes)];
  return [...plainConditions(filter), ...acting];
}

function plainConditions(filter: AutomationFilterArgs): Where[] {
  const { names, enabled, tagged, ownerResource, owned, relatedTo, createdBefore } = filter;
  const [every, some, none] = [filter.tags, filter.anyTags, filter.noTags];
  const conditions: (Where | false)[] = [
    names != null && { name: { in: names.filter(isStorable) } },
    enabled != null && { enabled },
    every != null && (every.every(isStorable) ? { tags: { hasEvery: [...every] } } : nothing),
    some != null && { tags: { hasSome: some.filter(isStorable) } },
    none != null && { NOT: { tags: { hasSome: none.filter(isStorable) } } },
    tagged != null && { tags: { isEmpty: !tagged } },
    ownerResource != null && (isStorable(ownerResource) ? { ownerResource } : nothing),
    owned != null && { ownerResource: owned ? { not: null } : null },
    relatedTo != null && (isStorable(relatedTo) ? ofResource(relatedTo) : nothing),
    createdBefore != null && { createdAt: { lt: createdBefore } },
    filter.triggerTypes != null && {
      OR: known("triggerTypes", filter.triggerTypes, triggerTypes).map((type) => ({
        trigger: { path: ["type"], equals: type },
      })),
    },
  ];
  return conditions.filter((condition) => condition !== false);
}

/** Prisma cannot look into lists of documents. */
async function withAction(db: Executor, types: readonly string[]): Promise<Where> {
  const wanted = [...known("actionTypes", types, actionTypes)];
  const rows = await db.query<{ id: string }>(sql`
    SELECT id FROM automation WHERE deleted_at IS NULL AND EXISTS (
      SELECT FROM unnest(ARRAY[actions, actions_on_trigger, actions_on_resolve]) AS list, json_array_elements(list) AS action
      WHERE action->>'type' = ANY (${wanted}::text[]))`);
  return { id: { in: rows.map(({ id }) => id) } };
}

/** Those that belong to a resource, and those whose actions name it. */
function ofResource(resource: string): Where {
  return { OR: [{ ownerResource: resource }, { relatedResources: { has: resource } }] };
}

export const nothing: Where = { id: { in: [] } };

/** Postgres has no text with NUL: nothing can be equal to one that has. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}

function known(field: string, given: readonly string[], all: readonly string[]): readonly string[] {
  for (const one of given)
    if (!all.includes(one))
      throw badUserInput(
        `filter.${field}: ${JSON.stringify(one.slice(0, 80))} is no type${suggestion(one, all)}`,
      );
  return given;
}

/** How a list of automations is ordered, and where a page of it goes on. */
export interface AutomationOrder {
  readonly orderBy: Prisma.AutomationOrderByWithRelationInput[];
  cursorOf(row: Automation): string;
  /** @throws GraphQLError for what is no cursor of such a list */
  behind(cursor: string): Where;
}

const byName = (way: "gt" | "lt"): AutomationOrder => ({
  orderBy: [{ name: way === "gt" ? "asc" : "desc" }, { id: way === "gt" ? "asc" : "desc" }],
  cursorOf: ({ id, name }) => encode(id, name),
  behind(cursor) {
    const [id, name] = decode(cursor);
    return { OR: [{ name: { [way]: name } }, { name, id: { [way]: id } }] };
  },
});

const byTime = (field: "createdAt" | "updatedAt"): AutomationOrder => ({
  orderBy: [{ [field]: "desc" }, { id: "desc" }],
  cursorOf: (row) => encode(row.id, row[field].toISOString()),
  behind(cursor) {
    const [id, text] = decode(cursor);
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) throw badCursor(cursor);
    return { OR: [{ [field]: { lt: time } }, { [field]: time, id: { lt: id } }] };
  },
});

export const automationOrders = {
  NAME_ASC: byName("gt"),
  NAME_DESC: byName("lt"),
  CREATED_DESC: byTime("createdAt"),
  UPDATED_DESC: byTime("updatedAt"),
} as const;

function encode(id: string, place: string): string {
  return Buffer.from(`${id} ${place}`).toString("base64url");
}

function decode(cursor: string): [id: string, place: string] {
  const [, id = "", place = ""] = /^(\S*) (.*)$/s.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (!isId(id) || !isStorable(place)) throw badCursor(cursor);
  return [id, place];
}
