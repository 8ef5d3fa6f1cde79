-- AlterTable
ALTER TABLE "block" ADD COLUMN     "anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "owner_run_id" UUID,
ADD COLUMN     "ttl" INTEGER;

-- AddForeignKey
ALTER TABLE "block" ADD CONSTRAINT "block_owner_run_id_fkey" FOREIGN KEY ("owner_run_id") REFERENCES "flow_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Most blocks have neither.
CREATE INDEX block_expired ON block (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX block_owner_run ON block (owner_run_id) WHERE owner_run_id IS NOT NULL;
