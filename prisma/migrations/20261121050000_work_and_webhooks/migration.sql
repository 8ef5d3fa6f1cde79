-- Schedules, work pools and their queues, and webhooks.

-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "collision_strategy" TEXT NOT NULL DEFAULT 'ENQUEUE',
ADD COLUMN     "concurrency_limit" INTEGER,
ADD COLUMN     "enforce_schema" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "entrypoint" TEXT,
ADD COLUMN     "job_variables" JSON,
ADD COLUMN     "path" TEXT,
ADD COLUMN     "told_ready" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "work_queue_id" UUID;

-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN     "auto_scheduled" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "job_variables" JSON,
ADD COLUMN     "schedule_id" UUID,
ADD COLUMN     "work_queue_id" UUID;

-- AlterTable
ALTER TABLE "runner" ADD COLUMN     "work_pool_id" UUID,
ADD COLUMN     "work_queue_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "deployment_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "cron" TEXT,
    "interval" DOUBLE PRECISION,
    "rrule" TEXT,
    "anchor" TIMESTAMPTZ(3),
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "parameters" JSON NOT NULL,
    "max_late_runs" INTEGER,
    "catch_up" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_pool" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "type" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "concurrency_limit" INTEGER,
    "variables_schema" JSON,
    "told_status" TEXT NOT NULL DEFAULT 'NOT_READY',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_pool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_queue" (
    "id" UUID NOT NULL,
    "work_pool_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "concurrency_limit" INTEGER,
    "polled_at" TIMESTAMPTZ(3),
    "told_status" TEXT NOT NULL DEFAULT 'NOT_READY',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_queue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "slug_digest" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "former_digest" TEXT,
    "former_until" TIMESTAMPTZ(3),
    "template" TEXT NOT NULL,
    "allowed_methods" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "auth" JSON NOT NULL,
    "auth_secrets" TEXT,
    "allow_reserved" BOOLEAN NOT NULL DEFAULT false,
    "rate_limit" DOUBLE PRECISION,
    "received_count" BIGINT NOT NULL DEFAULT 0,
    "failed_count" BIGINT NOT NULL DEFAULT 0,
    "last_received_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "headers" JSON NOT NULL,
    "body" BYTEA NOT NULL,
    "status_code" INTEGER NOT NULL,
    "error" TEXT,
    "rendered" TEXT,
    "event_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "replay_of" UUID,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "schedule_deployment_id_place_idx" ON "schedule"("deployment_id", "place");

-- CreateIndex
CREATE UNIQUE INDEX "work_pool_name_key" ON "work_pool"("name");

-- CreateIndex
CREATE UNIQUE INDEX "work_queue_work_pool_id_name_key" ON "work_queue"("work_pool_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_name_key" ON "webhook"("name");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_slug_digest_key" ON "webhook"("slug_digest");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_former_digest_key" ON "webhook"("former_digest");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_received_at_idx" ON "webhook_delivery"("webhook_id", "received_at");

-- CreateIndex
CREATE INDEX "deployment_work_queue_id_idx" ON "deployment"("work_queue_id");

-- CreateIndex
CREATE INDEX "flow_run_schedule_id_idx" ON "flow_run"("schedule_id");

-- CreateIndex
CREATE INDEX "flow_run_work_queue_id_idx" ON "flow_run"("work_queue_id");

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_work_queue_id_fkey" FOREIGN KEY ("work_queue_id") REFERENCES "work_queue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_queue" ADD CONSTRAINT "work_queue_work_pool_id_fkey" FOREIGN KEY ("work_pool_id") REFERENCES "work_pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_work_queue_id_fkey" FOREIGN KEY ("work_queue_id") REFERENCES "work_queue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runner" ADD CONSTRAINT "runner_work_pool_id_fkey" FOREIGN KEY ("work_pool_id") REFERENCES "work_pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;


