import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { beginFlowRun } from "./begin-flow-run.ts";
import { FlowRun } from "./graphql.ts";
import { Execution, ExecutionInput, ExecutionRef } from "./graphql-execution.ts";
import { StateType } from "./graphql-state.ts";
import { showRun } from "./read.ts";
import { renewLeases } from "./renew-leases.ts";
import { setFlowRunState } from "./set-flow-run-state.ts";
import { startExecution } from "./start-execution.ts";

const ExecutionResult = resultUnion("ExecutionResult", {
  description: "The run that a process has now, or why it has none.",
  success: Execution,
  refusals: ["NotFoundError", "InvalidInputError", "StateConflictError", "StaleExecutionError"],
});

const BeginFlowRunInput = builder.inputType("BeginFlowRunInput", {
  description: "A run of a flow that is called in this process.",
  fields: (t) => ({
    id: t.id({
      required: true,
      description: "A UUID of the caller's choice; one that is known goes on with that run.",
    }),
    flowName: t.string({ required: true, description: "The flow, which need not be known yet." }),
    name: t.string({ description: "The run's name; one is made up where it is left out." }),
    parameters: t.field({ type: "JSON", description: "What the flow is called with: an object." }),
    tags: t.stringList({ description: "Words to find it by." }),
    parent: t.field({ type: ExecutionInput, description: "The execution that calls." }),
  }),
});

const StateInput = builder.inputType("StateInput", {
  description: "A state that is proposed.",
  fields: (t) => ({
    type: t.field({ type: StateType, required: true, description: "What rules go by." }),
    name: t.string({ description: "Refines the type; the type's own name where it is left out." }),
    message: t.string({ description: "Why, for people." }),
    retryAfter: t.float({
      description:
        "With type SCHEDULED and name AwaitingRetry: seconds until the next attempt, for which the process stays and then proposes Retrying.",
    }),
  }),
});

const StateProposal = builder.objectRef<{ accepted: boolean; flowRunId: string }>("StateProposal").implement({
  description: "What came of a proposed state.",
  fields: (t) => ({
    accepted: t.exposeBoolean("accepted", {
      description: "False: the run keeps another state, since it was suspended or cancelled meanwhile.",
    }),
    flowRun: t.field({
      type: FlowRun,
      description: "The run as it is now.",
      resolve: (proposal, _args, ctx, info) => showRun(ctx, info, proposal.flowRunId),
    }),
  }),
});

const SetStateResult = resultUnion("SetStateResult", {
  description: "What came of a proposed state, or why it was not looked at.",
  success: StateProposal,
  refusals: ["StaleExecutionError", "NotFoundError", "InvalidInputError"],
});

builder.mutationFields((t) => ({
  beginFlowRun: t.field({
    type: ExecutionResult,
    description:
      "Create a run of a flow that is called in this process, and begin it. Called again with its id it goes on with that run.",
    args: { run: t.arg({ type: BeginFlowRunInput, required: true, description: "The run." }) },
    resolve: (_root, { run }, ctx) => beginFlowRun(ctx, { run }),
  }),
  startExecution: t.field({
    type: ExecutionResult,
    description: "A process takes the run that a runner claimed for it.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "The execution that was claimed." }),
    },
    resolve: (_root, args, ctx) => startExecution(ctx, args),
  }),
  renewLeases: t.field({
    type: [ExecutionRef],
    description:
      "Begin the leases of executions, 30 s each, anew. Answers those that are no longer held, in any order.",
    args: {
      executions: t.arg({
        type: [ExecutionInput],
        required: true,
        description: "The executions that are alive.",
      }),
    },
    resolve: (_root, args, ctx) => plainly(renewLeases(ctx, args)),
  }),
  setFlowRunState: t.field({
    type: SetStateResult,
    description: "An execution proposes a state of its run: its end, a retry, or its own name for running.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "The execution that proposes." }),
      state: t.arg({ type: StateInput, required: true, description: "The state." }),
    },
    resolve: (_root, args, ctx) => setFlowRunState(ctx, args),
  }),
}));
