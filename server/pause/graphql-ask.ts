import { IssueInput, ReportResult } from "../flow-run/graphql-report.ts";
import { State } from "../flow-run/graphql-state.ts";
import { builder } from "../graphql/builder.ts";
import { Issue, resultUnion } from "../graphql/errors.ts";
import { RunInput } from "../run-input/graphql.ts";
import { readInput } from "../run-input/read.ts";
import { ask, type PauseOutcome, type PauseRefusalCode } from "./ask.ts";
import { Pause } from "./graphql.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { countRefusals } from "./read.ts";
import { refuseAnswer } from "./refuse-answer.ts";

type Outcome<Kind extends PauseOutcome["kind"]> = Extract<PauseOutcome, { kind: Kind }>;

const PauseAsked = builder.objectRef<Outcome<"asked">>("PauseAsked").implement({
  description: "The run waits now; the answer comes by `executionSignals`.",
  fields: (t) => ({
    pause: t.prismaField({
      type: Pause,
      description: "The wait that it is in.",
      resolve: (query, { pauseId }, _args, ctx) =>
        ctx.prisma.pause.findUniqueOrThrow({ ...query, where: { id: pauseId } }),
    }),
    refusals: t.int({
      description: "How many answers to this pause key the code has refused in this attempt.",
      resolve: ({ pauseId }, _args, ctx) => countRefusals(ctx, { pauseId }),
    }),
  }),
});

const PauseAnswered = builder
  .objectRef<Outcome<"answered"> & { flowRunId: string }>("PauseAnswered")
  .implement({
    description: "It was answered before, in this execution or an earlier one. The run goes on.",
    fields: (t) => ({
      key: t.exposeString("key", { description: "The asking that was answered." }),
      input: t.field({
        type: RunInput,
        nullable: true,
        description:
          "The stored answer; null for a wait without a question, or one that went on without an answer.",
        resolve: ({ inputId }, _args, ctx) => (inputId === null ? null : readInput(ctx, inputId)),
      }),
      value: t.field({
        type: "JSON",
        nullable: true,
        description: "The answer as it was stored.",
        resolve: (answered) => answered.value,
      }),
      issues: t.field({
        type: [Issue],
        nullable: true,
        description:
          "With `validate: AFTER` and a counted key: why the code refused this answer before; it is to be refused again.",
        resolve: (answered) => answered.issues,
      }),
      refusals: t.int({
        description: "How many answers to this pause key the code has refused in this attempt.",
        resolve: (answered, _args, ctx) => countRefusals(ctx, answered),
      }),
    }),
  });

const PauseRefusal = builder.enumType("PauseRefusalCode", {
  description: "Why a question was not asked.",
  values: {
    NO_DEPLOYMENT: {
      description: "It cannot be suspended: it has no deployment, so nothing could start it again.",
    },
    SUBFLOW: { description: "It cannot be suspended: it runs inside its parent's process." },
    TERMINAL: { description: "The run has ended." },
    NOT_RUNNING: { description: "The run is not running." },
    SUSPENDED: { description: "The run was taken from this process meanwhile: it must leave." },
    CANCELLED: { description: "The run is being cancelled: its process must stop." },
    REPLAY_MISMATCH: { description: "This key was used for another question in this attempt." },
    EXPIRED: { description: "The wait ended before without an answer." },
  } satisfies Record<PauseRefusalCode, { description: string }>,
});

const PauseRefused = builder.objectRef<Outcome<"refused">>("PauseRefused").implement({
  description: "The question was not asked.",
  fields: (t) => ({
    code: t.field({ type: PauseRefusal, description: "Why, for programs.", resolve: ({ code }) => code }),
    message: t.exposeString("message", { description: "Why, for people." }),
    state: t.field({
      type: State,
      description: "The state that the run is in.",
      resolve: ({ state }) => state,
    }),
  }),
});

const PauseResult = resultUnion("PauseOutcome", {
  description: "What came of asking.",
  success: [PauseAsked, PauseAnswered, PauseRefused],
  refusals: ["InvalidInputError", "StaleExecutionError", "NotFoundError"],
});

const typeOf = { asked: "PauseAsked", answered: "PauseAnswered", refused: "PauseRefused" } as const;

const PauseKind = builder.enumType("PauseKind", {
  description: "How a run waits.",
  values: {
    PAUSE: { description: "Its process stays and waits: state Paused." },
    SUSPEND: { description: "Its process ends, and it runs again from its first line: state Suspended." },
  } as const,
});

const ValidateMode = builder.enumType("ValidateMode", {
  description: "When the type's own validators judge an answer.",
  values: {
    BEFORE: {
      description: "Before it is accepted, where the process is there; the code sees valid answers only.",
    },
    AFTER: { description: "In the code, which sees the refusal." },
  } as const,
});

const OnTimeout = builder.enumType("OnTimeout", {
  description: "What becomes of the run at the deadline.",
  values: {
    FAIL: { description: "It fails." },
    RESUME: { description: "It goes on without an answer, or with the default one." },
    CANCEL: { description: "It is cancelled." },
  } as const,
});

const QuestionInput = builder.inputType("QuestionInput", {
  description: "What is asked for.",
  fields: (t) => ({
    inputType: t.string({ required: true, description: "The identity of the answer's type." }),
    schema: t.field({ type: "JSON", required: true, description: "JSON Schema (2020-12) of the answer." }),
    schemaDigest: t.string({ required: true, description: "The digest of the type's full schema." }),
    wrapped: t.boolean({ required: true, description: 'Whether answers are wrapped as `{ "value": … }`.' }),
    customChecks: t.boolean({
      required: true,
      description: "Whether the type has checks that JSON Schema cannot say.",
    }),
    description: t.string({ description: "Markdown to show above the form." }),
  }),
});

const PauseInput = builder.inputType("PauseInput", {
  description: "A question, or a wait without one.",
  fields: (t) => ({
    key: t.string({
      required: true,
      description: "The key that the code gave, or the number that it counted.",
    }),
    explicitKey: t.boolean({ required: true, description: "Whether the code gave the key." }),
    kind: t.field({ type: PauseKind, required: true, description: "How the run waits." }),
    fingerprint: t.string({
      required: true,
      description: "What this place in the code asks, to notice code that changed its order.",
    }),
    timeout: t.float({
      description: "The wait ends after this many seconds; with `until` left out too it has no end.",
    }),
    until: t.field({ type: "DateTime", description: "The wait ends at this time." }),
    validate: t.field({
      type: ValidateMode,
      required: true,
      description: "When the type's own validators judge an answer.",
    }),
    onTimeout: t.field({
      type: OnTimeout,
      required: true,
      description: "What becomes of the run at the deadline.",
    }),
    defaultResponse: t.field({
      type: "JSON",
      description: "With `onTimeout: RESUME`: the answer that is taken at the deadline.",
    }),
    hasDefaultResponse: t.boolean({
      description: "Whether `defaultResponse` is given, since null is an answer too.",
    }),
    input: t.field({
      type: QuestionInput,
      description: "What is asked for; left out for a wait without a question.",
    }),
  }),
});

builder.mutationFields((t) => ({
  pause: t.field({
    type: PauseResult,
    description:
      "Ask: the run waits, with a question or without one, or goes on where this was answered before.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run that asks." }),
      execution: t.arg.int({ required: true, description: "Its execution." }),
      question: t.arg({ type: PauseInput, required: true, description: "What is asked." }),
    },
    resolve: async (_root, args, ctx) => {
      const { hasDefaultResponse, defaultResponse, input, ...question } = args.question;
      const asked = {
        ...question,
        // GraphQL's JSON is JSON; what is left out is null.
        defaultResponse: defaultResponse ?? null,
        hasDefaultResponse: hasDefaultResponse ?? false,
        input: input && { ...input, schema: input.schema ?? null },
      };
      const outcome = await ask(ctx, { ...args, question: asked });
      return { ...outcome, flowRunId: args.flowRunId, __typename: typeOf[outcome.kind] };
    },
  }),
  refuseAnswer: t.field({
    type: ReportResult,
    description:
      "The run's code refuses an accepted answer: it becomes INVALID, and its key is asked again by the next `pause` with it.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run that asked." }),
      execution: t.arg.int({ required: true, description: "Its execution." }),
      key: t.arg.string({ required: true, description: "The asking whose answer is refused." }),
      issues: t.arg({ type: [IssueInput], required: true, description: "Why." }),
    },
    resolve: async (_root, args, ctx) => {
      await refuseAnswer(ctx, args);
      return { ok: true };
    },
  }),
  judgeAnswer: t.boolean({
    description:
      "The asking process's verdict about a candidate. Answers whether somebody still waited for it.",
    args: {
      candidateId: t.arg.id({ required: true, description: "The candidate, from `executionSignals`." }),
      issues: t.arg({
        type: [IssueInput],
        required: true,
        description: "Why it is refused; none: it is accepted.",
      }),
    },
    resolve: (_root, args, ctx) => judgeAnswer(ctx, args),
  }),
}));
