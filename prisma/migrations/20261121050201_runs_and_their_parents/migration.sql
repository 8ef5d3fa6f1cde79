-- What becomes of a run when the one that started it ends.

-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN     "on_parent_final" TEXT;
