-- How far a schedule's runs are made, and who keeps it from making any.

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN     "by_hand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "made_until" TIMESTAMPTZ(3),
ADD COLUMN     "stopped" BOOLEAN NOT NULL DEFAULT false;

-- Schedules of which more runs are to be made.
CREATE INDEX schedule_due ON schedule (due_at) WHERE active;

-- Many runs wait for their times: the next ones of all, and those of one schedule.
CREATE INDEX flow_run_due ON flow_run (scheduled_for) WHERE state_type = 'SCHEDULED';
CREATE INDEX flow_run_of_schedule ON flow_run (schedule_id, scheduled_for) WHERE state_type = 'SCHEDULED';
