import { InvalidInputError, type Issue, NotFoundError, StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { NextState } from "../../core/flow-run/transition.ts";
import { isId } from "../../core/id.ts";
import { jsonProblem } from "../../core/json.ts";
import { blankProblem } from "../../core/name.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step } from "./change-run.ts";
import { createFlowRun } from "./create-flow-run.ts";
import { type ExecutionRef, requireCurrent } from "./execution.ts";
import { findOrCreateFlow } from "./find-flow.ts";
import { findRun, type Run, runAsCreator, stateFacts } from "./run.ts";
import { type Execution, executionOf } from "./start-execution.ts";

export interface BeginArgs {
  /** The caller's choice; a subflow's is derived, so that calling it again goes on with the same run. */
  id: string;
  flowName: string;
  name?: string | null | undefined;
  parameters?: unknown;
  tags?: readonly string[] | null | undefined;
  /** The execution that calls the flow, where a run does. */
  parent?: ExecutionRef | null | undefined;
}

/**
 * Begins the run of a flow that is called, in the caller's process. A subflow that its parent calls again goes on: with the
 * question it waits for, or with its answers.
 *
 * @throws NotFoundError for an unknown parent
 * @throws StaleExecutionError of the parent
 * @throws StateConflictError FINISHED where the run of this id has ended
 * @throws InvalidInputError
 */
export async function beginFlowRun(ctx: Context, { run: given }: { run: BeginArgs }): Promise<Execution> {
  const parameters = given.parameters ?? {};
  checkNewRun(ctx, given, parameters);
  const parent = given.parent ? await findRun(ctx.db, given.parent.flowRunId) : null;
  if (given.parent) {
    if (parent === null) throw new NotFoundError("flow run", given.parent.flowRunId);
    requireCurrent(parent, given.parent.execution);
  }
  const flowId = await findOrCreateFlow(ctx, given.flowName, ["run", "flowName"]);
  await createFlowRun(ctx, {
    id: given.id,
    flow: { id: flowId, name: given.flowName },
    deployment: null,
    name: given.name ?? null,
    parameters,
    tags: given.tags ?? [],
    state: "PENDING",
    scheduledFor: null,
    parentId: parent?.id ?? null,
    subflow: parent !== null,
    idempotencyKey: null,
    creator: parent === null ? null : runAsCreator(parent),
    chain: parent?.chain ?? [],
  });
  return changeRun(ctx, given.id, (run): Step<Execution> => {
    if (run.flowId !== flowId || run.parentId !== (parent?.id ?? null) || run.deploymentId !== null) {
      throw InvalidInputError.at(["run", "id"], `${given.id} is the id of another run`);
    }
    if (isFinal(run.stateType)) {
      throw new StateConflictError(
        "FINISHED",
        stateFacts(run),
        `flow run ${run.id} has ended as ${run.stateName}`,
      );
    }
    return {
      go: true,
      change: { next: begin(run), newExecution: true, lease: "renew" },
      result: executionOf,
    };
  });
}

function begin(run: Run): NextState {
  // A question that is open stays so: the code reaches it again and takes it over.
  if (run.stateType === "PAUSED") return { type: "PAUSED", name: "Paused", message: null };
  return { type: "RUNNING", name: "Running", message: null };
}

const mostTags = 100;

function checkNewRun(ctx: Context, given: BeginArgs, parameters: unknown): void {
  const issues: Issue[] = [];
  if (!isId(given.id))
    issues.push({ path: ["run", "id"], message: `${JSON.stringify(given.id)} is no UUID` });
  issues.push(...runIssues(ctx, ["run"], { ...given, parameters }));
  if (issues.length > 0) throw new InvalidInputError(issues);
}

/** What is wrong with the name, tags and parameters of a run that is to be made. */
export function runIssues(
  ctx: Context,
  path: string[],
  given: {
    name?: string | null | undefined;
    tags?: readonly string[] | null | undefined;
    parameters?: unknown;
  },
): Issue[] {
  const issues: Issue[] = [];
  const text = (value: unknown, at: string) => {
    const problem = jsonProblem(value, { maxBytes: ctx.settings.maxValueBytes });
    if (problem !== null) issues.push({ path: [...path, at, ...problem.path], message: problem.message });
  };
  text(given.name ?? null, "name");
  text(given.tags ?? [], "tags");
  if ((given.tags?.length ?? 0) > mostTags) {
    issues.push({
      path: [...path, "tags"],
      message: `${given.tags?.length} tags are too many; at most ${mostTags} are taken`,
    });
  }
  for (const [index, tag] of (given.tags ?? []).entries()) {
    const problem = blankProblem(tag);
    if (problem !== null) issues.push({ path: [...path, "tags", String(index)], message: problem });
  }
  text(given.parameters ?? {}, "parameters");
  if (given.parameters != null && (typeof given.parameters !== "object" || Array.isArray(given.parameters))) {
    issues.push({ path: [...path, "parameters"], message: "parameters are an object of names and values" });
  }
  return issues;
}
