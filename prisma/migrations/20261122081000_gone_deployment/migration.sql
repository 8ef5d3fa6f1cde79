-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN "gone_deployment" TEXT;

-- The runs that a deployment of this name takes back when it is registered again.
CREATE INDEX flow_run_gone_deployment ON flow_run (flow_id, gone_deployment) WHERE gone_deployment IS NOT NULL;
