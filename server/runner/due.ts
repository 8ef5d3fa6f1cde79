import sql from "sql-template-tag";

/** Whether a runner may have the run `r` now: it is due, nobody has it, and it has begun before or its deployment is not paused. */
export const due = sql`r.state_type = 'SCHEDULED' AND r.scheduled_for <= clock_timestamp() AND r.lease_until IS NULL
  AND (r.run_count > 0 OR NOT EXISTS (SELECT FROM deployment p WHERE p.id = r.deployment_id AND p.paused))`;

/** Whether the run `r` holds a slot of its queue and its deployment: a process has it. */
export const holdsSlot = sql`r.lease_until IS NOT NULL`;
