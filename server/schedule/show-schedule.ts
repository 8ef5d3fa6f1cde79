import { queryFromInfo } from "@pothos/plugin-prisma";
import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.ts";
import type { Schedule } from "../generated/prisma/client.ts";

/** A schedule that is known to exist, with what the field that shows it selects. */
export function showSchedule(ctx: Context, info: GraphQLResolveInfo, id: string): Promise<Schedule> {
  const query = queryFromInfo({ context: ctx, info, typeName: "Schedule" });
  return ctx.prisma.schedule.findUniqueOrThrow({ ...query, where: { id } });
}
