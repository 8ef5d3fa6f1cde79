-- AlterTable
ALTER TABLE "block" ADD COLUMN     "secrets" TEXT;
