-- CreateTable
CREATE TABLE "flow" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" UUID NOT NULL,
    "flow_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "version" TEXT,
    "tags" TEXT[],
    "parameters" JSON NOT NULL,
    "parameter_schema" JSON,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "polled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_run" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "flow_id" UUID NOT NULL,
    "deployment_id" UUID,
    "parameters" JSON NOT NULL,
    "tags" TEXT[],
    "state_id" UUID NOT NULL,
    "state_type" TEXT NOT NULL,
    "state_name" TEXT NOT NULL,
    "state_message" TEXT,
    "state_timestamp" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "run_count" INTEGER NOT NULL DEFAULT 0,
    "execution" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "runner_id" UUID,
    "scheduled_for" TIMESTAMPTZ(3),
    "expected_start" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "running_ms" BIGINT NOT NULL DEFAULT 0,
    "parent_id" UUID,
    "subflow" BOOLEAN NOT NULL DEFAULT false,
    "pause_id" UUID,
    "input_seq" INTEGER NOT NULL DEFAULT 0,
    "log_seq" INTEGER NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "created_by" TEXT,
    "position" BIGINT NOT NULL DEFAULT 0,
    "wait_position" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_run_state" (
    "id" UUID NOT NULL,
    "flow_run_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "message" TEXT,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,
    "details" JSON,

    CONSTRAINT "flow_run_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pause" (
    "id" UUID NOT NULL,
    "flow_run_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "execution" INTEGER NOT NULL,
    "pause_key" TEXT NOT NULL,
    "explicit_key" BOOLEAN NOT NULL DEFAULT false,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "validate" TEXT NOT NULL DEFAULT 'before',
    "input_type" TEXT,
    "schema" JSON,
    "schema_digest" TEXT,
    "wrapped" BOOLEAN NOT NULL DEFAULT false,
    "custom_checks" BOOLEAN NOT NULL DEFAULT false,
    "description" TEXT,
    "refused_answer" JSON,
    "refused_issues" JSON,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "on_timeout" TEXT NOT NULL DEFAULT 'fail',
    "default_response" JSON,
    "status" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "answer_id" UUID,
    "answer_issues" JSON,
    "idempotency_key" TEXT,
    "given_input" JSON,

    CONSTRAINT "pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_candidate" (
    "id" UUID NOT NULL,
    "flow_run_id" UUID NOT NULL,
    "pause_id" UUID NOT NULL,
    "execution" INTEGER NOT NULL,
    "value" JSON NOT NULL,
    "issues" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "answer_candidate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_input" (
    "id" UUID NOT NULL,
    "flow_run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "seq" INTEGER,
    "input_type" TEXT,
    "schema_digest" TEXT,
    "key_prefix" TEXT,
    "value" JSON NOT NULL,
    "sender" TEXT,
    "submitted_by" TEXT,
    "in_reply_to" TEXT,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "idempotency_key" TEXT,
    "claimed_by" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "claims" INTEGER NOT NULL DEFAULT 0,
    "consumed_at" TIMESTAMPTZ(3),
    "consumed_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_input_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "input_channel" (
    "flow_run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "input_type" TEXT NOT NULL,
    "key_prefix" TEXT,
    "schema" JSON,
    "schema_digest" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "input_channel_pkey" PRIMARY KEY ("flow_run_id","name")
);

-- CreateTable
CREATE TABLE "receive_cursor" (
    "flow_run_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receive_cursor_pkey" PRIMARY KEY ("flow_run_id","channel","name")
);

-- CreateTable
CREATE TABLE "task_result" (
    "flow_run_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_result_pkey" PRIMARY KEY ("flow_run_id","attempt","key")
);

-- CreateTable
CREATE TABLE "log" (
    "flow_run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "level" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "logger_name" TEXT NOT NULL,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_pkey" PRIMARY KEY ("flow_run_id","seq")
);

-- CreateTable
CREATE TABLE "block" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "block_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runner" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "deployment_ids" UUID[],
    "limit" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "server" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "flow_run_id" UUID NOT NULL,
    "execution" INTEGER NOT NULL,
    "channel" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "flow_name_key" ON "flow"("name");

-- CreateIndex
CREATE UNIQUE INDEX "deployment_flow_id_name_key" ON "deployment"("flow_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "flow_run_pause_id_key" ON "flow_run"("pause_id");

-- CreateIndex
CREATE INDEX "flow_run_created_at_id_idx" ON "flow_run"("created_at", "id");

-- CreateIndex
CREATE INDEX "flow_run_flow_id_idx" ON "flow_run"("flow_id");

-- CreateIndex
CREATE INDEX "flow_run_parent_id_idx" ON "flow_run"("parent_id");

-- CreateIndex
CREATE INDEX "flow_run_position_idx" ON "flow_run"("position");

-- CreateIndex
CREATE INDEX "flow_run_wait_position_idx" ON "flow_run"("wait_position");

-- CreateIndex
CREATE UNIQUE INDEX "flow_run_deployment_id_idempotency_key_key" ON "flow_run"("deployment_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "flow_run_state_flow_run_id_timestamp_key" ON "flow_run_state"("flow_run_id", "timestamp");

-- CreateIndex
CREATE INDEX "pause_flow_run_id_pause_key_idx" ON "pause"("flow_run_id", "pause_key");

-- CreateIndex
CREATE INDEX "pause_flow_run_id_requested_at_idx" ON "pause"("flow_run_id", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "pause_flow_run_id_key_key" ON "pause"("flow_run_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "pause_flow_run_id_idempotency_key_key" ON "pause"("flow_run_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "answer_candidate_flow_run_id_idx" ON "answer_candidate"("flow_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_input_flow_run_id_key_key" ON "run_input"("flow_run_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "run_input_flow_run_id_seq_key" ON "run_input"("flow_run_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "run_input_flow_run_id_idempotency_key_key" ON "run_input"("flow_run_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "block_type_name_key" ON "block"("type", "name");

-- CreateIndex
CREATE INDEX "presence_flow_run_id_idx" ON "presence"("flow_run_id");

-- CreateIndex
CREATE INDEX "presence_server_id_idx" ON "presence"("server_id");

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_flow_id_fkey" FOREIGN KEY ("flow_id") REFERENCES "flow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "flow_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_pause_id_fkey" FOREIGN KEY ("pause_id") REFERENCES "pause"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run_state" ADD CONSTRAINT "flow_run_state_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pause" ADD CONSTRAINT "pause_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_input" ADD CONSTRAINT "run_input_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "input_channel" ADD CONSTRAINT "input_channel_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receive_cursor" ADD CONSTRAINT "receive_cursor_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_result" ADD CONSTRAINT "task_result_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log" ADD CONSTRAINT "log_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What follows is what Prisma's schema cannot say.

-- The order of all runs' changes. The lock makes the numbers' order the order of the commits: a reader that has
-- passed a number never finds a smaller one later.
CREATE SEQUENCE flow_run_position;

CREATE FUNCTION next_flow_run_position() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4200001);
  RETURN nextval('flow_run_position');
END
$$;

-- Runs that a runner may claim, and leases and waits by their ends.
CREATE INDEX flow_run_claimable ON flow_run (deployment_id, scheduled_for) WHERE state_type = 'SCHEDULED';
CREATE INDEX flow_run_lease ON flow_run (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX pause_deadline ON pause (expires_at) WHERE status = 'OPEN' AND expires_at IS NOT NULL;

-- The run row is rewritten with every change and every batch of inputs: room for that beside it.
ALTER TABLE flow_run SET (fillfactor = 70);
