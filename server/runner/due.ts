import sql from "sql-template-tag";
import { awaitingSlot } from "../../core/flow-run/over-limit.ts";
import { isSkipped } from "../schedule/skipped.ts";

/** Deployments that have as many runs under way as they may. */
const full = sql`ARRAY(SELECT l.id FROM deployment l WHERE l.concurrency_limit IS NOT NULL AND l.concurrency_limit <=
  (SELECT count(*) FROM flow_run h WHERE h.deployment_id = l.id AND h.lease_until IS NOT NULL))`;

/**
 * Whether a runner may have the run `r` now: it is due, nobody has it, it has begun before or its deployment is not paused,
 * where it waits for others of its deployment there is a slot, and it is not too late for its schedule.
 */
export const due = sql`r.state_type = 'SCHEDULED' AND r.scheduled_for <= statement_timestamp() AND r.lease_until IS NULL
  AND (r.run_count > 0 OR NOT EXISTS (SELECT FROM deployment p WHERE p.id = r.deployment_id AND p.paused))
  AND (r.state_name <> ${awaitingSlot} OR r.deployment_id <> ALL(${full})) AND NOT ${isSkipped}`;

/** Whether the run `r` holds a slot of its queue and its deployment: a process has it. */
export const holdsSlot = sql`r.lease_until IS NOT NULL`;
