-- AlterTable
ALTER TABLE "input_channel" ADD COLUMN     "retention" INTEGER;

-- CreateTable
CREATE TABLE "removed_input" (
    "flow_run_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "input_type" TEXT NOT NULL,
    "schema_digest" TEXT,
    "key_prefix" TEXT,
    "sender" TEXT,
    "in_reply_to" TEXT,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "removed_input_pkey" PRIMARY KEY ("flow_run_id","idempotency_key")
);

-- AddForeignKey
ALTER TABLE "removed_input" ADD CONSTRAINT "removed_input_flow_run_id_fkey" FOREIGN KEY ("flow_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is what Prisma's schema cannot say.

-- Every finished message says since when; what was given up after five claims did not yet.
UPDATE "run_input" SET "consumed_at" = now() WHERE "kind" = 'MESSAGE' AND "status" <> 'PENDING' AND "consumed_at" IS NULL;

-- The finished messages of a channel, oldest first, and the channels that keep them only for a time. A type's name may be
-- too long for an index, its digest is not.
CREATE INDEX run_input_finished ON run_input (flow_run_id, md5(coalesce('prefix:' || key_prefix, 'type:' || input_type)), consumed_at)
  WHERE kind = 'MESSAGE' AND consumed_at IS NOT NULL;
CREATE INDEX input_channel_retention ON input_channel (flow_run_id) WHERE retention IS NOT NULL;
