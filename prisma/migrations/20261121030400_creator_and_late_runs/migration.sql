-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN     "created_by_name" TEXT;

-- What follows is what Prisma's schema cannot say.

-- Runs that may become Late, by their time.
CREATE INDEX flow_run_late ON flow_run (scheduled_for) WHERE state_type = 'SCHEDULED' AND state_name = 'Scheduled';
