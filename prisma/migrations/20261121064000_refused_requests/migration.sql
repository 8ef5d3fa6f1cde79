-- What webhooks turn away is counted.

-- AlterTable
ALTER TABLE "webhook" ADD COLUMN     "refused_by_method" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refused_by_rate" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refused_by_size" BIGINT NOT NULL DEFAULT 0;
