-- What Prisma's schema cannot say.

-- Runs that the workers of a queue may claim, by their time.
CREATE INDEX flow_run_queued ON flow_run (work_queue_id, scheduled_for) WHERE state_type = 'SCHEDULED';

-- Runs that hold a slot of their queue.
CREATE INDEX flow_run_slot ON flow_run (work_queue_id) WHERE lease_until IS NOT NULL;
