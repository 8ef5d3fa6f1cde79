-- What Prisma's schema cannot say.

-- Runs that hold a slot of their deployment.
CREATE INDEX flow_run_deployment_slot ON flow_run (deployment_id) WHERE lease_until IS NOT NULL;

-- Deployments that have a limit.
CREATE INDEX deployment_limited ON deployment (id) WHERE concurrency_limit IS NOT NULL;
