-- AlterTable
ALTER TABLE "bucket" ADD COLUMN     "long_key" TEXT;
