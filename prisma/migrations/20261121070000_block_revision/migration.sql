-- AlterTable
ALTER TABLE "block" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;
