-- The value of a secret variable, sealed.

-- AlterTable
ALTER TABLE "variable" ADD COLUMN     "sealed" TEXT;
