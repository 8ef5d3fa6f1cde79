import sql from "sql-template-tag";

/** Whether a runner may have the scheduled run `r`: it has begun before, or its deployment is not paused. */
export const mayStart = sql`(r.run_count > 0 OR NOT EXISTS (SELECT FROM deployment p WHERE p.id = r.deployment_id AND p.paused))`;
