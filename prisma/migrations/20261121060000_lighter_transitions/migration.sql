-- Each transition writes a run into all its indexes: those of what most runs have not hold only the others.

DROP INDEX "flow_run_parent_id_idx";
DROP INDEX "flow_run_schedule_id_idx";
DROP INDEX "flow_run_wait_position_idx";
DROP INDEX "flow_run_work_queue_id_idx";

CREATE INDEX flow_run_parent ON flow_run (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX flow_run_schedule ON flow_run (schedule_id) WHERE schedule_id IS NOT NULL;
CREATE INDEX flow_run_wait ON flow_run (wait_position) WHERE wait_position IS NOT NULL;
CREATE INDEX flow_run_work_queue ON flow_run (work_queue_id) WHERE work_queue_id IS NOT NULL;

-- The log's end moves in the statement that locks it. Whoever waited for the lock has its clock and its end read anew.

CREATE OR REPLACE FUNCTION append_fresh_events(batch json) RETURNS TABLE (first bigint, received timestamptz) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  added int := json_array_length(batch);
  log_end bigint;
  log_received timestamptz;
  today date;
BEGIN
  UPDATE event_log l SET received = GREATEST(date_trunc('milliseconds', clock_timestamp()), l.received), position = l.position + added
  WHERE l.id = 1 RETURNING l.position, l.received INTO log_end, log_received;
  today := (log_received AT TIME ZONE 'UTC')::date;
  IF to_regclass('event_' || to_char(today, 'YYYYMMDD')) IS NULL THEN
    PERFORM create_event_day(today);
  END IF;
  INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
  SELECT today, a.id, log_end - added + a.n, a.occurred, log_received, a.event, a.resource, a.related, a.payload, a.follows,
    COALESCE(a.chain, '{}')
  FROM ROWS FROM (json_to_recordset(batch) AS (id uuid, occurred timestamptz, event text, resource json, related json,
    payload json, follows uuid, chain uuid[])) WITH ORDINALITY AS a (id, occurred, event, resource, related, payload, follows, chain, n);
  RETURN QUERY SELECT log_end - added + 1, log_received;
END
$$;

DROP FUNCTION lock_log();
