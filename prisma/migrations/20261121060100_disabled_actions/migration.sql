-- Who carries an attempt out, and what failed too often in a row.

-- AlterTable
ALTER TABLE "action_run" ADD COLUMN     "holder" UUID;

-- CreateTable
CREATE TABLE "action_failure" (
    "automation_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "action_failure_pkey" PRIMARY KEY ("automation_id","list","place")
);

-- AddForeignKey
ALTER TABLE "action_failure" ADD CONSTRAINT "action_failure_automation_id_fkey" FOREIGN KEY ("automation_id") REFERENCES "automation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
