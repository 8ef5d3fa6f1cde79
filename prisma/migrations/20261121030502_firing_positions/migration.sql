-- AlterTable
ALTER TABLE "evaluator" ADD COLUMN     "firings" BIGINT NOT NULL DEFAULT 0;

-- Firings are numbered without holes, so that one can tell what retention has taken.
UPDATE evaluator SET firings = COALESCE((SELECT max(position) FROM firing), 0);
DROP SEQUENCE firing_position;
