import { v7 } from "uuid";
import type { Context } from "../../server/context.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../server/deployment/run-deployment.ts";
import { readSettings } from "../../server/env.ts";
import { beginFlowRun } from "../../server/flow-run/begin-flow-run.ts";
import { cancel } from "../../server/flow-run/cancel.ts";
import { reportExit } from "../../server/flow-run/report-exit.ts";
import { retry } from "../../server/flow-run/retry.ts";
import { setFlowRunState } from "../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../server/flow-run/start-execution.ts";
import { suspend } from "../../server/flow-run/suspend.ts";
import { openContext } from "../../server/open-context.ts";
import { watchParent } from "../../server/parent-watch.ts";
import { ask } from "../../server/pause/ask.ts";
import { expirePause } from "../../server/pause/expire-pause.ts";
import { resume } from "../../server/pause/resume.ts";
import { reportInputs } from "../../server/run-input/report-inputs.ts";
import { sendInput } from "../../server/run-input/send-input.ts";
import { claimFlowRuns } from "../../server/runner/claim-flow-runs.ts";
import { markLateRuns } from "../../server/worker/mark-late.ts";
import { question } from "./runs.ts";

/**
 * A process that does to the runs of one deployment whatever can be done to them, from many hands at once, until it is
 * killed: `busy-runs.ts DATABASE_URL`. It says how much it has done.
 */

watchParent(() => process.exit(0));
const report = (what: string, cause: unknown) => console.log(`failed: ${what}: ${cause}`);
const { context } = await openContext(process.argv[2] ?? "", readSettings({}), report);
const ctx: Context = { ...context, actor: { kind: "operator" } };
const { id: deploymentId } = await registerDeployment(ctx, {
  deployment: { flowName: "busy", name: "main" },
});
const hands = 6;
let done = 0;

const pick = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)];

/** A run that somebody made, mostly a new one. */
async function anyRun(): Promise<string> {
  const runs = await ctx.prisma.flowRun.findMany({
    select: { id: true },
    orderBy: { createdAt: "desc" },
    take: 6,
  });
  return pick(runs)?.id ?? runDeployment(ctx, { deployment: deploymentId });
}

/** Mostly the code of what a runner has claimed begins. */
async function takeRuns(): Promise<void> {
  const claimed = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deploymentId], limit: 3 });
  for (const execution of claimed.slice(Math.random() < 0.3 ? 1 : 0)) await startExecution(ctx, execution);
}

function askSomething(flowRunId: string, execution: number): Promise<unknown> {
  const key = String(Math.ceil(Math.random() * 1e6));
  const timeout = pick([0.01, 60]);
  return ask(ctx, { flowRunId, execution, question: question({ key, timeout, onTimeout: "CANCEL" }) });
}

const deeds: ((flowRunId: string, execution: number) => Promise<unknown>)[] = [
  () => runDeployment(ctx, { deployment: deploymentId, scheduledTime: new Date(Date.now() - 20_000) }),
  () => takeRuns(),
  () => takeRuns(),
  () => markLateRuns(ctx),
  askSomething,
  askSomething,
  askSomething,
  (flowRunId) => resume(ctx, { flowRunId, input: { approved: true } }),
  (flowRunId) => resume(ctx, { flowRunId, input: { approved: true } }),
  (flowRunId) => resume(ctx, { flowRunId }),
  (flowRunId, execution) =>
    beginFlowRun(ctx, { run: { id: v7(), flowName: "busy-child", parent: { flowRunId, execution } } }),
  (flowRunId) => expirePause(ctx, flowRunId),
  (flowRunId) => suspend(ctx, { flowRunId }),
  (flowRunId) => sendInput(ctx, { flowRunId, value: 1 }),
  async (flowRunId, execution) => {
    const inputs = await ctx.prisma.runInput.findMany({ where: { flowRunId, seq: { not: null } }, take: 5 });
    await reportInputs(ctx, { flowRunId, execution, delivered: inputs.map(({ id }) => id) });
  },
  (flowRunId, execution) => setFlowRunState(ctx, { flowRunId, execution, state: { type: "COMPLETED" } }),
  (flowRunId, execution) =>
    reportExit(ctx, { flowRunId, execution, exitCode: 1, reason: pick(["EXIT", "SHUTDOWN"]) ?? "EXIT" }),
  (flowRunId) => cancel(ctx, { flowRunId }),
  (flowRunId) => retry(ctx, { flowRunId }),
];

async function busy(): Promise<void> {
  for (;;) {
    const flowRunId = await anyRun();
    const run = await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: flowRunId } });
    // What cannot be done to a run as it is just now is refused.
    await pick(deeds)?.(flowRunId, run.execution).catch(tell);
    done++;
  }
}

const refusals = new Set(["StateConflictError", "StaleExecutionError", "InvalidInputError"]);

/** Whatever is no refusal, a deadlock say, is told. */
function tell(error: Error): void {
  if (!refusals.has(error.name)) console.log(`failed: ${error.stack}`);
}

setInterval(() => console.log(`done ${done}`), 50);
await Promise.all(Array.from({ length: hands }, busy));
