import { FlowRun } from "../flow-run/graphql.ts";
import { ExecutionInput } from "../flow-run/graphql-execution.ts";
import { showRun } from "../flow-run/read.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { checkAnswerNow } from "./check-answer.ts";
import { resume } from "./resume.ts";

const ResumeResult = resultUnion("ResumeResult", {
  description: "The run, going on; or why it does not. Nothing has changed where the answer is refused.",
  success: FlowRun,
  refusals: ["InvalidInputError", "StateConflictError", "NotFoundError", "StaleExecutionError"],
});

builder.mutationField("resume", (t) =>
  t.field({
    type: ResumeResult,
    description: `Answer a waiting run, or let one go on that asks for nothing.
\`input\` is checked before anything changes: by the JSON Schema and, where the process that asked is connected, by its own validators. Of two answers one wins.`,
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      input: t.arg({
        type: "JSON",
        description:
          'The answer. Left out or null it is no input, and the question\'s defaults are taken. For a type that is no object, `{ "value": … }` or the bare value.',
      }),
      key: t.arg.string({
        description: "The asking that is answered, as `pause.key` names it; without it the one that is open.",
      }),
      idempotencyKey: t.arg.string({
        description:
          "1 to 255 characters: a second call with it and the same input answers the run as it is then.",
      }),
      from: t.arg({ type: ExecutionInput, description: "The execution that answers, where a run does." }),
    },
    resolve: async (_root, args, ctx, info) => showRun(ctx, info, await resume(ctx, args)),
  }),
);

const AnswerOk = builder.objectRef<{ value: unknown }>("AnswerOk").implement({
  description: "The answer would be accepted.",
  fields: (t) => ({
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "It as it would be stored, defaults filled in; null for a wait without a question.",
      resolve: (answer) => answer.value,
    }),
  }),
});

const CheckAnswerResult = resultUnion("CheckAnswerResult", {
  description: "Whether an answer would be accepted now.",
  success: AnswerOk,
  refusals: ["InvalidInputError", "StateConflictError", "NotFoundError"],
});

builder.queryField("checkAnswer", (t) =>
  t.field({
    type: CheckAnswerResult,
    description:
      "Whether `resume` would accept an answer now, by every check that can run now. Nothing is stored and no state changes.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      key: t.arg.string({ description: "The asking, as in `resume`." }),
      input: t.arg({ type: "JSON", description: "The answer, as in `resume`." }),
    },
    resolve: (_root, args, ctx) => checkAnswerNow(ctx, args),
  }),
);
