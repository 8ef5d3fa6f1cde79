import sql, { type Sql } from "sql-template-tag";

/** The queue of this id with its pool, as a column of a row of `ToldQueue`; null where the id is. */
export function toldQueueSql(queueId: Sql): Sql {
  return sql`(SELECT json_build_object('id', q.id, 'name', q.name, 'pool', json_build_object('id', p.id, 'name', p.name, 'type', p.type))
    FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id WHERE q.id = ${queueId})`;
}
