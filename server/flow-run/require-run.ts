import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { notFound } from "../graphql/request-error.ts";

/** Refuses a request about a run that does not exist. @throws GraphQLError with the code NOT_FOUND */
export async function requireRun(ctx: Context, id: string): Promise<{ position: number }> {
  const run = isId(id)
    ? await ctx.prisma.flowRun.findUnique({ where: { id }, select: { position: true } })
    : null;
  if (run === null) throw notFound("flow run", id);
  return { position: Number(run.position) };
}
