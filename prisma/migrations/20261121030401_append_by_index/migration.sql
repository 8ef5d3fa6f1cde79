-- What append_events looks up is found by its index, however large the log has grown since the function was planned; and events whose ids
-- the server made, which are not looked up, are stored by one plain insert.

-- Those of the ids that are kept. Its plan is made once a connection, perhaps while there are no events yet, when reading them all seems
-- as good as an index.
CREATE FUNCTION kept_events(ids uuid[]) RETURNS TABLE (id uuid, "position" bigint, received timestamptz)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT e.id, e.position, e.received::timestamptz FROM event e WHERE e.id = ANY (ids);
END
$$;

CREATE OR REPLACE FUNCTION append_events(batch json)
RETURNS TABLE (n bigint, id uuid, "position" bigint, received timestamptz, known boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  log_position bigint;
  log_received timestamptz(3);
  today date;
  given uuid[];
  added bigint;
BEGIN
  SELECT l.position, l.received INTO log_position, log_received FROM event_log l WHERE l.id = 1 FOR UPDATE;
  log_received := GREATEST(date_trunc('milliseconds', clock_timestamp()), log_received);
  today := (log_received AT TIME ZONE 'UTC')::date;
  IF to_regclass('event_' || to_char(today, 'YYYYMMDD')) IS NULL THEN
    PERFORM create_event_day(today);
  END IF;

  SELECT array_agg((e->>'id')::uuid) INTO given FROM json_array_elements(batch) e WHERE (e->>'given')::boolean;
  IF given IS NULL THEN
    RETURN QUERY
    INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
    SELECT today, a.id, log_position + a.n, a.occurred, log_received, a.event, a.resource, a.related, a.payload, a.follows,
      COALESCE(a.chain, '{}')
    FROM ROWS FROM (json_to_recordset(batch) AS (id uuid, occurred timestamptz, event text, resource json, related json,
      payload json, follows uuid, chain uuid[])) WITH ORDINALITY AS a (id, occurred, event, resource, related, payload, follows, chain, n)
    RETURNING event.position - log_position, event.id, event.position, event.received, false;
    GET DIAGNOSTICS added = ROW_COUNT;
    UPDATE event_log l SET received = log_received, position = log_position + added WHERE l.id = 1;
    RETURN;
  END IF;

  RETURN QUERY
  WITH asked AS (
    SELECT * FROM ROWS FROM (json_to_recordset(batch) AS (id uuid, occurred timestamptz, event text, resource json, related json,
      payload json, follows uuid, chain uuid[])) WITH ORDINALITY AS a (id, occurred, event, resource, related, payload, follows, chain, n)
  ), kept AS MATERIALIZED (
    SELECT * FROM kept_events(given)
  ), fresh AS (
    SELECT a.*, log_position + row_number() OVER (ORDER BY a.n) AS place
    FROM (SELECT DISTINCT ON (id) * FROM asked ORDER BY id, n) a
    WHERE NOT EXISTS (SELECT FROM kept k WHERE k.id = a.id)
  ), inserted AS (
    INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
    SELECT today, f.id, f.place, f.occurred, log_received, f.event, f.resource, f.related, f.payload, f.follows, COALESCE(f.chain, '{}')
    FROM fresh f ORDER BY f.place
  ), moved AS (
    UPDATE event_log l SET received = log_received, position = log_position + (SELECT count(*) FROM fresh) WHERE l.id = 1
  )
  SELECT a.n, a.id, COALESCE(f.place, k.position), CASE WHEN f.place IS NULL THEN k.received ELSE log_received END,
    f.n IS DISTINCT FROM a.n
  FROM asked a
  LEFT JOIN fresh f ON f.id = a.id
  LEFT JOIN kept k ON k.id = a.id
  ORDER BY a.n;
END
$$;
