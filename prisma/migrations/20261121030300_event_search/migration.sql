-- CreateIndex
CREATE INDEX "event_occurred_idx" ON "event"("occurred");

-- What follows is what Prisma's schema cannot say.

-- Texts of any length have places in these by their beginnings; in the order of bytes, so that prefixes are ranges.
CREATE INDEX event_name ON event ((left(event, 200)) COLLATE "C", position);
CREATE INDEX event_resource_id ON event ((left(resource ->> 'prefect.resource.id', 200)) COLLATE "C", position);
CREATE INDEX event_resource ON event USING gin ((resource::jsonb) jsonb_path_ops);
CREATE INDEX event_related ON event USING gin ((related::jsonb) jsonb_path_ops);

-- Makes the partition of one day where it is missing. Nobody who reads or writes events waits for it: it is attached when it is whole.
CREATE OR REPLACE FUNCTION create_event_day(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := 'event_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('create_event_day'));
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE event INCLUDING ALL)', name);
  EXECUTE format('ALTER TABLE event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, day, day + 1);
END
$$;
