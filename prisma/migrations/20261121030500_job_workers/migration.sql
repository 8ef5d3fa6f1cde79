-- AlterTable
ALTER TABLE "server" ADD COLUMN     "job_worker" TEXT;
