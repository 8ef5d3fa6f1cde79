-- Most events have ids that the server made: whoever appends such ones alone is answered where the first of them lies, instead of a row
-- for each.

-- Takes the log's lock, which is held until the transaction ends, and reads its clock.
CREATE FUNCTION lock_log(OUT log_position bigint, OUT log_received timestamptz, OUT today date) LANGUAGE plpgsql AS $$
BEGIN
  SELECT l.position, l.received INTO log_position, log_received FROM event_log l WHERE l.id = 1 FOR UPDATE;
  log_received := GREATEST(date_trunc('milliseconds', clock_timestamp()), log_received);
  today := (log_received AT TIME ZONE 'UTC')::date;
  IF to_regclass('event_' || to_char(today, 'YYYYMMDD')) IS NULL THEN
    PERFORM create_event_day(today);
  END IF;
END
$$;

-- Appends events whose ids nobody chose, in the order of the array, and answers the place of the first. As `append_events`, the last
-- statement of its transaction.
CREATE FUNCTION append_fresh_events(batch json) RETURNS TABLE (first bigint, received timestamptz) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  l record;
  added bigint;
BEGIN
  l := lock_log();
  INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
  SELECT l.today, a.id, l.log_position + a.n, a.occurred, l.log_received, a.event, a.resource, a.related, a.payload, a.follows,
    COALESCE(a.chain, '{}')
  FROM ROWS FROM (json_to_recordset(batch) AS (id uuid, occurred timestamptz, event text, resource json, related json,
    payload json, follows uuid, chain uuid[])) WITH ORDINALITY AS a (id, occurred, event, resource, related, payload, follows, chain, n);
  GET DIAGNOSTICS added = ROW_COUNT;
  UPDATE event_log e SET received = l.log_received, position = l.log_position + added WHERE e.id = 1;
  RETURN QUERY SELECT l.log_position + 1, l.log_received;
END
$$;
