-- Makes the partition of one day where it is missing. Nobody who reads or writes events waits for it: it is attached when it is whole.
CREATE OR REPLACE FUNCTION create_event_day(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := 'event_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('create_event_day'));
  -- (What to_regclass finds may be older than the lock.)
  IF EXISTS (SELECT FROM pg_class WHERE relname = name AND relnamespace = current_schema()::regnamespace) THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING ALL)', name);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, day, day + 1);
END
$$;
