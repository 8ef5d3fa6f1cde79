import { queryFromInfo } from "@pothos/plugin-prisma";
import type { GraphQLResolveInfo } from "graphql";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Query } from "../flow-run/read.ts";
import type { Deployment, Prisma } from "../generated/prisma/client.ts";
import { badUserInput } from "../graphql/request-error.ts";

/** A deployment by its id or its full name; null where there is none. */
export async function findDeployment(
  ctx: Context,
  { id, name }: { id?: string | null; name?: string | null },
  query: Query,
): Promise<Deployment | null> {
  if ((id == null) === (name == null)) throw badUserInput("deployment: give one of `id` and `name`");
  const [flow = "", own = "", ...more] = name?.split("/") ?? [];
  const named = more.length === 0 && !name?.includes("\0") && own !== "";
  const byName: Prisma.DeploymentWhereInput = { name: own, flow: { is: { name: flow } } };
  const where = id == null ? byName : { id };
  const wanted = { ...query, where };
  return (id == null ? named : isId(id)) ? ctx.prisma.deployment.findFirst(wanted) : null;
}

/** A deployment that is known to exist, with what the field that shows it selects. */
export function showDeployment(ctx: Context, info: GraphQLResolveInfo, id: string): Promise<Deployment> {
  const query = queryFromInfo({ context: ctx, info, typeName: "Deployment" });
  return ctx.prisma.deployment.findUniqueOrThrow({ ...query, where: { id } });
}
