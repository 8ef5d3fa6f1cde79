-- AlterTable
ALTER TABLE "automation" ADD COLUMN     "stopped_revision" INTEGER;
