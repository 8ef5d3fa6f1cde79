import sql, { join, type Sql } from "sql-template-tag";
import type { EventFilter } from "../../core/event/event-filter.ts";
import type { LabelSpec } from "../../core/trigger/trigger.ts";
import type { Db } from "../db.ts";

/** So many events that fit one condition are looked at one by one; where there are more, a page is soon found along the log. */
const most = 2_000;
/** Milliseconds for one look into an index. */
const patience = 500;
/** Characters of a name and of a resource's id that the indexes hold. */
const indexed = 200;

interface Probe {
  /** Its index is of texts in order, or of labels by their hashes. */
  kind: "ordered" | "labels";
  condition: Sql;
}

/** Positions among which are all events that satisfy the filter, in no order; null where no part of the filter is rare. */
export async function findCandidates(db: Db, filter: EventFilter): Promise<number[] | null> {
  let fewest: number[] | null = null;
  for (const probe of probes(filter)) {
    const found = await look(db, probe);
    if (found !== null && (fewest === null || found.length < fewest.length)) fewest = found;
    if (found?.length === 0) break;
  }
  return fewest;
}

async function look(db: Db, { kind, condition }: Probe): Promise<number[] | null> {
  const other = kind === "labels" ? sql`'enable_indexscan'` : sql`'enable_bitmapscan'`;
  try {
    const rows = await db.transaction(async (tx) => {
      // The planner knows nothing of the values, and would rather go through the log for them.
      await tx.query(sql`SELECT set_config('enable_seqscan', 'off', true), set_config(${other}, 'off', true),
        set_config('statement_timeout', ${String(patience)}, true)`);
      return tx.query<{ position: number }>(
        sql`SELECT e.position FROM event e WHERE ${condition} LIMIT ${most + 1}`,
      );
    });
    return rows.length > most ? null : rows.map(({ position }) => position);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === queryCanceled) return null;
    throw error;
  }
}

const queryCanceled = "57014";

function probes(filter: EventFilter): Probe[] {
  const { events, resource, related, occurredAfter, occurredBefore } = filter;
  const { "prefect.resource.id": ids, ...labels } = resource;
  const found: (Probe | null)[] = [
    textProbe(sql`left(e.resource ->> 'prefect.resource.id', 200) COLLATE "C"`, ids ?? null),
    labelProbe(
      labels,
      (label, value) => sql`e.resource::jsonb @> ${JSON.stringify({ [label]: value })}::jsonb`,
    ),
    labelProbe(
      related,
      (label, value) => sql`e.related::jsonb @> ${JSON.stringify([{ [label]: value }])}::jsonb`,
    ),
    textProbe(sql`left(e.event, 200) COLLATE "C"`, events),
  ];
  if (occurredAfter !== null || occurredBefore !== null)
    found.push({
      kind: "ordered",
      condition: sql`e.occurred >= ${new Date(occurredAfter ?? 0)} AND e.occurred < ${new Date(occurredBefore ?? latest)}`,
    });
  return found.filter((probe) => probe !== null);
}

const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** By the beginnings of texts; null where some pattern has none. */
function textProbe(text: Sql, patterns: readonly string[] | null): Probe | null {
  if (patterns === null || patterns.length === 0) return null;
  const conditions = patterns.map((pattern) => {
    const [beginning = ""] = pattern.split("*", 1);
    if (pattern.startsWith("!") || beginning === "") return null;
    const from = [...beginning].slice(0, indexed).join("");
    if (!pattern.includes("*")) return sql`${text} = ${from}`;
    return sql`(${text} >= ${from} AND ${text} <= ${`${from}\u{10ffff}`})`;
  });
  const usable = conditions.filter((condition) => condition !== null);
  if (usable.length < conditions.length) return null;
  return { kind: "ordered", condition: sql`(${join(usable, " OR ")})` };
}

/** By those labels of which whole values are asked for; null where there is none. */
function labelProbe(spec: LabelSpec, holds: (label: string, value: string) => Sql): Probe | null {
  const conditions = Object.entries(spec)
    .filter(([, patterns]) => patterns.length > 0 && patterns.every((pattern) => !/^!|\*/.test(pattern)))
    .map(
      ([label, patterns]) =>
        sql`(${join(
          patterns.map((value) => holds(label, value)),
          " OR ",
        )})`,
    );
  return conditions.length === 0 ? null : { kind: "labels", condition: join(conditions, " AND ") };
}
