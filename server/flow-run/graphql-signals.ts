import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { liveField } from "../live/field.ts";
import { RunInput } from "../run-input/graphql.ts";
import { readInput } from "../run-input/read.ts";
import { executionSignals, type ExecutionSignal as Signal } from "./execution-signals.ts";
import { FlowRun } from "./graphql.ts";
import { State } from "./graphql-state.ts";
import { showRun } from "./read.ts";

type Of<Kind extends Signal["kind"]> = Extract<Signal, { kind: Kind }>;

const StateSignal = builder.objectRef<Of<"state">>("StateSignal").implement({
  description: "The run's present state.",
  fields: (t) => ({
    state: t.field({
      type: State,
      description: "The state, which costs no read of the run.",
      resolve: (signal) => signal.state,
    }),
    flowRun: t.field({
      type: FlowRun,
      description: "The run.",
      resolve: (signal, _args, ctx, info) => showRun(ctx, info, signal.flowRunId),
    }),
    execution: t.exposeInt("execution", {
      description: "The newest execution's number: a process with an older one must stop.",
    }),
  }),
});

const AnswerSignal = builder.objectRef<Of<"answer">>("AnswerSignal").implement({
  description: "A wait was answered, or ended by its deadline and the run goes on.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "The asking." }),
    inputId: t.exposeID("inputId", {
      nullable: true,
      description: "The id of the stored answer, which costs no read of it; null where there is none.",
    }),
    seq: t.exposeInt("seq", {
      nullable: true,
      description: "Its place in the run's inputs; null where there is no answer.",
    }),
    submittedBy: t.exposeString("submittedBy", {
      nullable: true,
      description: "Resource id of who gave it, where known.",
    }),
    endedAt: t.field({
      type: "DateTime",
      description: "When the wait ended.",
      resolve: (signal) => signal.endedAt,
    }),
    input: t.field({
      type: RunInput,
      nullable: true,
      description: "The stored answer; null where there is none.",
      resolve: ({ inputId }, _args, ctx) => (inputId === null ? null : readInput(ctx, inputId)),
    }),
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "The answer as it was stored.",
      resolve: (signal) => signal.value,
    }),
  }),
});

const CandidateSignal = builder.objectRef<Of<"candidate">>("CandidateSignal").implement({
  description: "An answer that is to be judged by the type's own validators: call `judgeAnswer`.",
  fields: (t) => ({
    candidateId: t.exposeID("candidateId", { description: "Names it." }),
    key: t.exposeString("key", { description: "The asking that it answers." }),
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "The answer as it would be stored.",
      resolve: (signal) => signal.value,
    }),
  }),
});

const DeletedSignal = builder.objectRef<Of<"deleted">>("DeletedSignal").implement({
  description: "The run was deleted: its process must stop. Nothing more is told.",
  fields: (t) => ({
    flowRunId: t.exposeID("flowRunId", { description: "The run that was." }),
  }),
});

const typeOf = {
  state: "StateSignal",
  answer: "AnswerSignal",
  candidate: "CandidateSignal",
  deleted: "DeletedSignal",
} as const;

const ExecutionSignal = builder.unionType("ExecutionSignal", {
  description: "Something that a run's process must know.",
  types: [StateSignal, AnswerSignal, CandidateSignal, DeletedSignal],
  resolveType: (signal) => typeOf[signal.kind],
});

builder.subscriptionField("executionSignals", (t) =>
  t.field({
    type: ExecutionSignal,
    description:
      "Everything that a run's process must know, its present state first. While it is open, `liveValidation` is true.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "The process's execution." }),
    },
    ...liveField({
      source: (args: { flowRunId: string; execution: number }, ctx) => plainly(executionSignals(ctx, args)),
      resolve: (signal) => signal,
    }),
  }),
);
