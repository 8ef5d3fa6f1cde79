import { v7 } from "uuid";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../../server/context.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../server/deployment/run-deployment.ts";
import { beginFlowRun } from "../../server/flow-run/begin-flow-run.ts";
import { findRun, type Run } from "../../server/flow-run/run.ts";
import { type Execution, startExecution } from "../../server/flow-run/start-execution.ts";
import type { RunInput } from "../../server/generated/prisma/client.ts";
import { ask, type PauseOutcome } from "../../server/pause/ask.ts";
import type { QuestionArgs } from "../../server/pause/question.ts";
import { claimFlowRuns } from "../../server/runner/claim-flow-runs.ts";

/** A run of a flow that was simply called, in state Running. */
export function calledRun(ctx: Context, flowName = "greet"): Promise<Execution> {
  return beginFlowRun(ctx, { run: { id: v7(), flowName } });
}

/** A run of a deployment that a runner has claimed and begun. */
export async function servedRun(ctx: Context, flowName = "served"): Promise<Execution> {
  const id = await scheduledRun(ctx, flowName);
  const claimed = await claim(ctx, flowName);
  if (claimed?.flowRunId !== id) throw new Error("another run was claimed");
  return startExecution(ctx, claimed);
}

/** A run of a deployment that waits for a runner. */
export async function scheduledRun(ctx: Context, flowName = "served"): Promise<string> {
  const { id: deploymentId } = await registerDeployment(ctx, { deployment: { flowName, name: "main" } });
  return runDeployment(ctx, { deployment: deploymentId });
}

/** The next due run of this flow's deployment, claimed. */
export async function claim(ctx: Context, flowName = "served"): Promise<Execution | undefined> {
  const { id: deploymentId } = await registerDeployment(ctx, { deployment: { flowName, name: "main" } });
  const [execution] = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deploymentId], limit: 1 });
  return execution;
}

/** The type, the name and the message of a run's state. */
export async function stateOf(ctx: Context, id: string) {
  const { stateType, stateName, stateMessage } = await readRun(ctx, id);
  return [stateType, stateName, stateMessage];
}

const person: JsonObject = {
  type: "object",
  properties: { name: { type: "string" }, approved: { type: "boolean" } },
  required: ["approved"],
  additionalProperties: false,
};

/** A question as a flow process asks it; without a type where `schema` is null. */
export function question(
  options: Partial<QuestionArgs> & {
    schema?: JsonObject | null;
    wrapped?: boolean;
    checks?: boolean;
    description?: string;
  } = {},
): QuestionArgs {
  const { schema = person, wrapped = false, checks = false, description, ...rest } = options;
  return {
    key: "1",
    explicitKey: false,
    kind: "PAUSE",
    fingerprint: "pause Person",
    validate: "BEFORE",
    onTimeout: "FAIL",
    defaultResponse: null,
    hasDefaultResponse: false,
    input: schema && {
      inputType: "Person",
      schema,
      schemaDigest: "d1",
      wrapped,
      customChecks: checks,
      description,
    },
    ...rest,
  };
}

/** Asks, and insists that the run waits now. */
export async function askFor(
  ctx: Context,
  run: Execution,
  options?: Parameters<typeof question>[0],
): Promise<PauseOutcome> {
  const outcome = await ask(ctx, { ...run, question: question(options) });
  if (outcome.kind !== "asked") throw new Error(`not asked but ${JSON.stringify(outcome)}`);
  return outcome;
}

/** The input of a run under this key, a question's schema and description too; null where there is none. */
export function inputOf(ctx: Context, flowRunId: string, key: string): Promise<RunInput | null> {
  return ctx.prisma.runInput.findUnique({ where: { flowRunId_key: { flowRunId, key } } });
}

/** The run as it is now. */
export async function readRun(ctx: Context, id: string): Promise<Run> {
  const run = await findRun(ctx.db, id);
  if (run === null) throw new Error(`no run ${id}`);
  return run;
}
