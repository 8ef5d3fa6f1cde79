import sql from "sql-template-tag";

/** Seconds after its time from which a run that nobody has taken is late. */
export const patience = 15;

const waitsLate = (run: "r" | "o") => {
  const at = run === "r" ? sql`r.scheduled_for` : sql`o.scheduled_for`;
  const state = run === "r" ? sql`r.state_name` : sql`o.state_name`;
  const begun = run === "r" ? sql`r.run_count` : sql`o.run_count`;
  return sql`${state} IN ('Scheduled', 'Late') AND ${begun} = 0 AND ${at} <= statement_timestamp() - ${patience} * interval '1 second'`;
};

/**
 * Whether the run `r`, which is Scheduled, begins no more, since it is late and its schedule wants no such runs, or not so many: then the
 * newest of them stay.
 */
export const isSkipped = sql`(r.auto_scheduled AND ${waitsLate("r")} AND EXISTS (
  SELECT FROM schedule s WHERE s.id = r.schedule_id AND (NOT s.catch_up OR s.max_late_runs <= (
    SELECT count(*) FROM flow_run o WHERE o.schedule_id = s.id AND o.state_type = 'SCHEDULED' AND o.auto_scheduled
      AND ${waitsLate("o")} AND (o.scheduled_for, o.id) > (r.scheduled_for, r.id)))))`;
