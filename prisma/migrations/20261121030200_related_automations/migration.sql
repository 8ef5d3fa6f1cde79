-- AlterTable
ALTER TABLE "automation" ADD COLUMN     "related_resources" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "automation_related_resources_idx" ON "automation" USING GIN ("related_resources");
