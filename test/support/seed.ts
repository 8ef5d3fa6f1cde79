import { randomUUID } from "node:crypto";
import type { Context } from "../../server/context.ts";
import type { Prisma } from "../../server/generated/prisma/client.ts";

/** A stored run of the flow `flowName`, in Running unless said otherwise, as the newest change of all. */
export async function seedRun(
  ctx: Context,
  flowName: string,
  data: Partial<Prisma.FlowRunUncheckedCreateInput> = {},
) {
  const flow = await ctx.prisma.flow.upsert({
    where: { name: flowName },
    create: { id: randomUUID(), name: flowName },
    update: {},
  });
  const run = await ctx.prisma.flowRun.create({
    data: {
      id: randomUUID(),
      name: "busy-otter",
      flowId: flow.id,
      parameters: {},
      stateId: randomUUID(),
      stateType: "RUNNING",
      stateName: "Running",
      stateTimestamp: new Date(),
      attempt: 1,
      runCount: 1,
      execution: 1,
      position: await nextPosition(ctx),
      ...data,
    },
  });
  await ctx.prisma.flowRunState.create({
    data: {
      id: run.stateId,
      flowRunId: run.id,
      type: run.stateType,
      name: run.stateName,
      timestamp: run.stateTimestamp,
    },
  });
  return run;
}

/** A stored run that waits for an input of type `Order`. */
export async function seedWaitingRun(
  ctx: Context,
  flowName: string,
  data: Partial<Prisma.FlowRunUncheckedCreateInput> = {},
  pause: Partial<Prisma.PauseUncheckedCreateInput> = {},
) {
  const run = await seedRun(ctx, flowName, { stateType: "PAUSED", stateName: "Paused", ...data });
  const open = await ctx.prisma.pause.create({
    data: {
      id: randomUUID(),
      flowRunId: run.id,
      attempt: run.attempt,
      execution: run.execution,
      pauseKey: "1",
      key: "paused-1",
      kind: "pause",
      fingerprint: "pause Order",
      inputType: "Order",
      schema: { type: "object" },
      schemaDigest: "d1",
      requestedAt: new Date(),
      status: "OPEN",
      ...pause,
    },
  });
  return ctx.prisma.flowRun.update({
    where: { id: run.id },
    data: { pauseId: open.id, waitPosition: await nextPosition(ctx) },
  });
}

/** A stored input of a run; a message unless said otherwise. */
export function seedInput(
  ctx: Context,
  flowRunId: string,
  seq: number,
  data: Partial<Prisma.RunInputUncheckedCreateInput> = {},
) {
  return ctx.prisma.runInput.create({
    data: {
      id: randomUUID(),
      flowRunId,
      seq,
      key: `order-auto-${seq}`,
      kind: "MESSAGE",
      inputType: "Order",
      value: { number: seq },
      ...data,
    },
  });
}

async function nextPosition(ctx: Context): Promise<bigint> {
  const [{ position } = { position: 0n }] = await ctx.prisma.$queryRaw<
    { position: bigint }[]
  >`SELECT next_flow_run_position() AS position`;
  return position;
}
