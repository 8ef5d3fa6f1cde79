import sql, { empty, join, type Sql } from "sql-template-tag";
import type { EventFilter } from "../../core/event/event-filter.ts";
import type { LabelSpec } from "../../core/trigger/trigger.ts";

/** The filter as a condition on the event `e`: it holds for exactly those events that satisfy the filter. Null where all do. */
export function filterCondition(filter: EventFilter): Sql | null {
  const { events, excludeEvents, occurredAfter, occurredBefore, words } = filter;
  const conditions: Sql[] = [];
  if (occurredAfter !== null) {
    conditions.push(sql`e.occurred >= ${new Date(occurredAfter)}`);
    // Nothing is received long before it occurred: 300 s, and what clocks differ in.
    conditions.push(
      sql`e.day >= (${new Date(occurredAfter)}::timestamptz AT TIME ZONE 'UTC' - interval '1 hour')::date`,
    );
  }
  if (occurredBefore !== null) conditions.push(sql`e.occurred < ${new Date(occurredBefore)}`);
  if (events !== null) conditions.push(anyPattern(sql`e.event`, events, "_%"));
  if (excludeEvents.length > 0) conditions.push(sql`NOT ${anyPattern(sql`e.event`, excludeEvents, "_%")}`);
  conditions.push(...specConditions(sql`e.resource`, filter.resource));
  const related = specConditions(sql`r.labels`, filter.related);
  if (related.length > 0)
    conditions.push(
      sql`EXISTS (SELECT FROM json_array_elements(e.related) AS r (labels) WHERE ${join(related, " AND ")})`,
    );
  for (const word of words) conditions.push(sql`strpos(${eventText}, ${word}) > 0`);
  return conditions.length === 0 ? null : join(conditions, " AND ");
}

/** All that is searched for words, as the core has it. */
const eventText = sql`lower((to_json(e.event)::text || E'\n' || e.resource::text || E'\n' || e.related::text || E'\n' || e.payload::text)
  COLLATE "C")`;

function specConditions(resource: Sql, spec: LabelSpec): Sql[] {
  // A label that is missing is null here, and no comparison with it holds, negated ones neither.
  return Object.entries(spec).map(([label, patterns]) =>
    anyPattern(sql`(${resource} ->> ${label}::text)`, patterns, "%"),
  );
}

/** @param anything what a `*` stands for in LIKE */
function anyPattern(text: Sql, patterns: readonly string[], anything: string): Sql {
  if (patterns.length === 0) return sql`false`;
  const exact = patterns.filter((pattern) => !/^!|\*/.test(pattern));
  const others = patterns.filter((pattern) => /^!|\*/.test(pattern));
  const conditions = others.map((pattern) => {
    const negated = pattern.startsWith("!");
    const like = likePattern(negated ? pattern.slice(1) : pattern, anything);
    return sql`${text} COLLATE "C" ${negated ? sql`NOT` : empty} LIKE ${like}`;
  });
  if (exact.length > 0) conditions.push(sql`${text} = ANY (${exact}::text[])`);
  return sql`(${join(conditions, " OR ")})`;
}

function likePattern(pattern: string, anything: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", anything);
}
