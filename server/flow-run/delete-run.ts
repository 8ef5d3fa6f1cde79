import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { deleteFlowRun } from "./delete-flow-run.ts";

/** Deletes a run with all that belongs to it. @returns the ids deleted: none where there was none */
export async function deleteRun(ctx: Context, { flowRunId }: { flowRunId: string }): Promise<string[]> {
  try {
    const { committed } = await deleteFlowRun(ctx.db, ctx, flowRunId);
    committed();
    return [flowRunId.toLowerCase()];
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}
