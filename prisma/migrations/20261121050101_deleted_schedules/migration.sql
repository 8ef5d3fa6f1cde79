-- A schedule is forgotten once no run refers to it: who deletes it need not wait for its runs.

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
