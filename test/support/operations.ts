import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Context } from "../../server/context.ts";
import { ask, at } from "./ask.ts";

/** What a refusal has to say. */
export const refusal = `... on Error { message } ... on InvalidInputError { issues { path message } }
  ... on StateConflictError { code state { type name } }`;

/** A run of a flow that was simply called, begun through the API. */
export async function begin(ctx: Context, flowName = "greet"): Promise<{ id: string; execution: number }> {
  const answer = await ask(
    ctx,
    `mutation ($run: BeginFlowRunInput!) { beginFlowRun(run: $run) { __typename
      ... on Execution { execution attempt rerun flowName flowRun { id state { name } flow { name } } } } }`,
    { run: { id: randomUUID(), flowName, parameters: { name: "x" } } },
  );
  expect(at(answer, "beginFlowRun")).toMatchObject({
    __typename: "Execution",
    execution: 1,
    attempt: 1,
    rerun: false,
    flowName,
    flowRun: { state: { name: "Running" }, flow: { name: flowName } },
  });
  return { id: String(at(answer, "beginFlowRun.flowRun.id")), execution: 1 };
}

/** A deployment `main` of the flow. @returns its id */
export async function deploy(ctx: Context, flowName: string): Promise<string> {
  const answer = await ask(
    ctx,
    `mutation ($deployment: DeploymentInput!) { registerDeployment(deployment: $deployment) { __typename
      ... on RegisteredDeployment { deployment { id fullName flow { name } status parameterSchema } } } }`,
    { deployment: { flowName, name: "main" } },
  );
  expect(at(answer, "registerDeployment.deployment")).toMatchObject({
    fullName: `${flowName}/main`,
    flow: { name: flowName },
    status: "NOT_READY",
    parameterSchema: null,
  });
  return String(at(answer, "registerDeployment.deployment.id"));
}

/** A run of a deployment that a runner has claimed and begun, through the API. */
export async function serve(
  ctx: Context,
  flowName: string,
): Promise<{ id: string; execution: number; deploymentId: string }> {
  const deploymentId = await deploy(ctx, flowName);
  const created = await ask(
    ctx,
    `mutation ($deployment: String!) { runDeployment(deployment: $deployment) { __typename ... on FlowRun { id createdBy deployment { fullName } } } }`,
    { deployment: `${flowName}/main` },
  );
  const id = String(at(created, "runDeployment.id"));
  const runnerId = randomUUID();
  const runner = { id: runnerId, name: "here", deploymentIds: [deploymentId], limit: 5 };
  const registered = await ask(
    ctx,
    "mutation ($runner: RunnerInput!) { registerRunner(runner: $runner) { name online limit deployments { fullName status } } }",
    { runner },
  );
  expect(at(registered, "registerRunner")).toEqual({
    name: "here",
    online: true,
    limit: 5,
    deployments: [{ fullName: `${flowName}/main`, status: "READY" }],
  });
  const claimed = await ask(
    ctx,
    `mutation ($runnerId: ID!, $deploymentIds: [ID!]!) { claimFlowRuns(runnerId: $runnerId, deploymentIds: $deploymentIds, limit: 5) {
      execution flowName flowRun { id state { name } } } }`,
    { runnerId, deploymentIds: [deploymentId] },
  );
  expect(at(claimed, "claimFlowRuns")).toEqual([
    { execution: 1, flowName, flowRun: { id, state: { name: "Pending" } } },
  ]);
  const started = await ask(
    ctx,
    "mutation ($id: ID!) { startExecution(flowRunId: $id, execution: 1) { ... on Execution { flowRun { state { name } } } } }",
    { id },
  );
  expect(at(started, "startExecution.flowRun.state.name")).toBe("Running");
  return { id, execution: 1, deploymentId };
}
