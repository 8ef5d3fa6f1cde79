-- AlterTable
ALTER TABLE "action_run" ADD COLUMN     "discarded_at" TIMESTAMPTZ(3);
