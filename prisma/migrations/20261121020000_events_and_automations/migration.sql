-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN     "chain" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "event_log" (
    "id" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "received" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "day" DATE NOT NULL,
    "id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "occurred" TIMESTAMPTZ(3) NOT NULL,
    "received" TIMESTAMPTZ(3) NOT NULL,
    "event" TEXT NOT NULL,
    "resource" JSON NOT NULL,
    "related" JSON NOT NULL,
    "payload" JSON NOT NULL,
    "follows" UUID,
    "chain" UUID[],

    CONSTRAINT "event_pkey" PRIMARY KEY ("id","day")
) PARTITION BY RANGE ("day");

-- CreateTable
CREATE TABLE "automation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "tags" TEXT[],
    "trigger" JSON NOT NULL,
    "actions" JSON NOT NULL,
    "actions_on_trigger" JSON NOT NULL,
    "actions_on_resolve" JSON NOT NULL,
    "owner_resource" TEXT,
    "revision" INTEGER NOT NULL,
    "trigger_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_version" (
    "automation_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "position" BIGINT,
    "definition" JSON,
    "enabled" BOOLEAN NOT NULL,
    "trigger_version" INTEGER NOT NULL,

    CONSTRAINT "automation_version_pkey" PRIMARY KEY ("automation_id","revision")
);

-- CreateTable
CREATE TABLE "evaluator" (
    "partition" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "holder" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "position" BIGINT NOT NULL,
    "wall" TIMESTAMPTZ(3),
    "event_clock" TIMESTAMPTZ(3),
    "advanced_at" TIMESTAMPTZ(3),

    CONSTRAINT "evaluator_pkey" PRIMARY KEY ("partition")
);

-- CreateTable
CREATE TABLE "evaluator_gap" (
    "partition" INTEGER NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evaluator_gap_pkey" PRIMARY KEY ("partition","from")
);

-- CreateTable
CREATE TABLE "held_event" (
    "partition" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "follows" UUID NOT NULL,
    "received" TIMESTAMPTZ(3) NOT NULL,
    "occurred" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "held_event_pkey" PRIMARY KEY ("partition","position")
);

-- CreateTable
CREATE TABLE "bucket" (
    "trigger_id" UUID NOT NULL,
    "automation_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "start" TIMESTAMPTZ(3),
    "end" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "count" INTEGER NOT NULL,
    "last_event" UUID,
    "fired_at" TIMESTAMPTZ(3),
    "counted" UUID[],

    CONSTRAINT "bucket_pkey" PRIMARY KEY ("trigger_id","key")
);

-- CreateTable
CREATE TABLE "trigger_memory" (
    "trigger_id" UUID NOT NULL,
    "automation_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "state" JSON NOT NULL,

    CONSTRAINT "trigger_memory_pkey" PRIMARY KEY ("trigger_id")
);

-- CreateTable
CREATE TABLE "firing" (
    "id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "automation_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "trigger_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "triggered" TIMESTAMPTZ(3) NOT NULL,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "caused_by_clock" BOOLEAN NOT NULL,
    "triggering_labels" JSON NOT NULL,
    "triggering_event_id" UUID,
    "counted_event_ids" UUID[],
    "member_firings" JSON NOT NULL,
    "metric_value" DOUBLE PRECISION,
    "chain" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "firing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action_run" (
    "id" UUID NOT NULL,
    "firing_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "list" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "action" JSON NOT NULL,
    "triggering_event_id" UUID,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "result" JSON,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_position_idx" ON "event"("position");

-- CreateIndex
CREATE INDEX "automation_owner_resource_idx" ON "automation"("owner_resource");

-- CreateIndex
CREATE UNIQUE INDEX "automation_version_event_id_key" ON "automation_version"("event_id");

-- CreateIndex
CREATE INDEX "automation_version_position_idx" ON "automation_version"("position");

-- CreateIndex
CREATE INDEX "bucket_automation_id_idx" ON "bucket"("automation_id");

-- CreateIndex
CREATE INDEX "trigger_memory_automation_id_idx" ON "trigger_memory"("automation_id");

-- CreateIndex
CREATE UNIQUE INDEX "firing_position_key" ON "firing"("position");

-- CreateIndex
CREATE INDEX "firing_automation_id_position_idx" ON "firing"("automation_id", "position");

-- CreateIndex
CREATE INDEX "firing_triggering_event_id_idx" ON "firing"("triggering_event_id");

-- CreateIndex
CREATE INDEX "firing_created_at_idx" ON "firing"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "action_run_firing_id_index_key" ON "action_run"("firing_id", "index");

-- AddForeignKey
ALTER TABLE "automation_version" ADD CONSTRAINT "automation_version_automation_id_fkey" FOREIGN KEY ("automation_id") REFERENCES "automation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "firing" ADD CONSTRAINT "firing_automation_id_fkey" FOREIGN KEY ("automation_id") REFERENCES "automation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_run" ADD CONSTRAINT "action_run_firing_id_fkey" FOREIGN KEY ("firing_id") REFERENCES "firing"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What follows is what Prisma's schema cannot say.

INSERT INTO event_log (id, position, received) VALUES (1, 0, '1970-01-01Z');
INSERT INTO evaluator (partition, epoch, position) VALUES (0, 0, 0);
ALTER TABLE event_log SET (fillfactor = 10);
ALTER TABLE evaluator SET (fillfactor = 10);
ALTER TABLE bucket SET (fillfactor = 70);

CREATE SEQUENCE firing_position;

CREATE UNIQUE INDEX automation_name ON automation (name, COALESCE(owner_resource, '')) WHERE deleted_at IS NULL;
CREATE INDEX bucket_due ON bucket (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX trigger_memory_due ON trigger_memory (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX action_run_failed ON action_run (updated_at) WHERE status = 'FAILED';

-- Makes the partition of one day. The caller holds the log's lock, or runs while nothing is written.
CREATE FUNCTION create_event_day(day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
    'event_' || to_char(day, 'YYYYMMDD'), day, day + 1);
END
$$;

-- Appends events to the log, in the order of the array; the one door to it. It is the last statement of its transaction, and COMMIT goes
-- out with it, for it holds the log's lock from here on. Each statement in here sees what was committed before the lock was had.
--
-- An event of the batch: {id, occurred, event, resource, related, payload, follows, chain, given}; `given` where the sender chose the id,
-- which is then looked for among the events kept: a known one stores nothing and answers the place of the stored one.
CREATE FUNCTION append_events(batch json)
RETURNS TABLE (n bigint, id uuid, "position" bigint, received timestamptz, known boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  log_position bigint;
  log_received timestamptz(3);
  today date;
  given uuid[];
  stored uuid[];
BEGIN
  SELECT l.position, l.received INTO log_position, log_received FROM event_log l WHERE l.id = 1 FOR UPDATE;
  log_received := GREATEST(date_trunc('milliseconds', clock_timestamp()), log_received);
  today := (log_received AT TIME ZONE 'UTC')::date;
  IF to_regclass('event_' || to_char(today, 'YYYYMMDD')) IS NULL THEN
    PERFORM create_event_day(today);
  END IF;

  SELECT array_agg((e->>'id')::uuid) INTO given FROM json_array_elements(batch) e WHERE (e->>'given')::boolean;
  IF given IS NOT NULL THEN
    SELECT array_agg(k.id) INTO stored FROM event k WHERE k.id = ANY (given);
  END IF;

  RETURN QUERY
  WITH asked AS (
    SELECT * FROM ROWS FROM (json_to_recordset(batch) AS (id uuid, occurred timestamptz, event text, resource json, related json,
      payload json, follows uuid, chain uuid[])) WITH ORDINALITY AS a (id, occurred, event, resource, related, payload, follows, chain, n)
  ), fresh AS (
    SELECT a.*, log_position + row_number() OVER (ORDER BY a.n) AS place
    FROM (SELECT DISTINCT ON (id) * FROM asked ORDER BY id, n) a
    WHERE stored IS NULL OR a.id <> ALL (stored)
  ), inserted AS (
    INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
    SELECT today, f.id, f.place, f.occurred, log_received, f.event, f.resource, f.related, f.payload, f.follows, COALESCE(f.chain, '{}')
    FROM fresh f ORDER BY f.place
  )
  SELECT a.n, a.id, COALESCE(f.place, k.position), CASE WHEN f.place IS NULL THEN k.received ELSE log_received END,
    f.n IS DISTINCT FROM a.n
  FROM asked a
  LEFT JOIN fresh f ON f.id = a.id
  LEFT JOIN event k ON stored IS NOT NULL AND k.id = a.id AND k.id = ANY (stored)
  ORDER BY a.n;

  UPDATE event_log l SET received = log_received,
    position = COALESCE((SELECT max(e.position) FROM event e WHERE e.day = today), l.position) WHERE l.id = 1;
END
$$;
