-- The next run that may be begun is found at once, however many wait behind it.
DROP INDEX flow_run_due;
CREATE INDEX flow_run_due ON flow_run (scheduled_for) WHERE state_type = 'SCHEDULED' AND lease_until IS NULL;
