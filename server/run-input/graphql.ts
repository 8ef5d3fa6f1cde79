import { queryFromInfo } from "@pothos/plugin-prisma";
import { NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { FlowRun } from "../flow-run/graphql.ts";
import { batched } from "../graphql/batch.ts";
import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { Node } from "../graphql/node.ts";
import { pageOfInputs } from "./read.ts";
import { drifts, isListening } from "./read-channels.ts";

export const RunInputKind = builder.enumType("RunInputKind", {
  description: "How an input came.",
  values: {
    MESSAGE: { value: "MESSAGE", description: "By `sendInput`." },
    ANSWER: { value: "RESPONSE", description: "By `resume`, to a question." },
  } as const,
});

const RunInputStatus = builder.enumType("RunInputStatus", {
  description: "How far an input has come. A stream shows an input once, as it was stored.",
  values: {
    PENDING: { description: "The run's own code has not been handed it; what others read changes nothing." },
    DELIVERED: {
      description: "The run's own code has been handed it, or an exclusive receiver has finished with it.",
    },
    INVALID: { description: "The run's own code refused it." },
  },
});

/** By the run's own id: an input may be gone while it is shown. */
const runOf = batched(async (ctx: Context, ids: string[]) => {
  const runs = await ctx.prisma.flowRun.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return ids.map((id) => {
    const run = runs.find((each) => each.id === id);
    if (run === undefined) throw new NotFoundError("flow run", id);
    return run;
  });
});

/** A message or an answer. */
export const RunInput = builder.prismaObject("RunInput", {
  description: "A message to a run, or an answer to its question.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID, ordered by time." }),
    cursor: t.string({
      description: "Its position in the run's inputs: pass it as `after` to go on behind it.",
      resolve: (input) => String(input.seq),
    }),
    seq: t.int({
      description: "Its place among the run's messages and answers; the first has 1.",
      // Only what has a number, a message or an answer, is ever shown.
      resolve: (input) => input.seq ?? 0,
    }),
    flowRun: t.field({
      type: FlowRun,
      description: "The run that receives it.",
      resolve: (input, _args, ctx) => runOf(ctx, input.flowRunId),
    }),
    key: t.exposeString("key", {
      description: "Its name within the run. An answer's is its question's with `-response`.",
    }),
    kind: t.field({
      type: RunInputKind,
      description: "How it came.",
      resolve: (input) => (input.kind === "RESPONSE" ? "RESPONSE" : "MESSAGE"),
    }),
    inputType: t.string({
      description:
        "The identity of its type: a name, `string`, `number`, `boolean`, `null`, or `s-` and a digest.",
      resolve: (input) => input.inputType ?? "",
    }),
    keyPrefix: t.exposeString("keyPrefix", {
      nullable: true,
      description: "Set where it went to a channel that is named by this prefix rather than by a type.",
    }),
    value: t.expose("value", {
      type: "JSON",
      nullable: true,
      description:
        'As it was given, an answer with its question\'s defaults filled in. For a type that is no object a message is the bare value and an answer is `{ "value": … }`. Null is the JSON null, or what is left of a deleted message.',
    }),
    sender: t.exposeString("sender", {
      nullable: true,
      description: "Resource id of the sender, such as `prefect.flow-run.<id>`; null where nobody is known.",
    }),
    submittedBy: t.exposeString("submittedBy", {
      nullable: true,
      description: "Of an answer: resource id of who gave it; null where nobody is known.",
    }),
    inReplyTo: t.exposeString("inReplyTo", {
      nullable: true,
      description: "The key of the input that this message answers, in the inputs of the run that sent it.",
    }),
    status: t.field({
      type: RunInputStatus,
      description: "How far it has come.",
      resolve: (input) =>
        input.status === "DELIVERED" || input.status === "INVALID" ? input.status : "PENDING",
    }),
    listening: t.boolean({
      description: "Whether the run's code receives from this input's channel now. False for an answer.",
      resolve: (input, _args, ctx) => isListening(ctx, input),
    }),
    schemaDrift: t.boolean({
      description: "Whether its sender's schema of the type differs from the one that the run receives.",
      resolve: (input, _args, ctx) => drifts(ctx, input),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was stored." }),
  }),
});

const RunInputConnection = connectionType("RunInputConnection", {
  description: "Inputs of a run, oldest first, by pages.",
  node: RunInput,
});

builder.prismaObjectField(FlowRun, "inputs", (t) =>
  t.field({
    type: RunInputConnection,
    description:
      "Its messages and answers, always oldest first, also with `last`; 50 where neither is given. Go on behind `endCursor` with the subscription `runInputs`.",
    args: {
      first: t.arg.int({ description: "The first so many, up to 500." }),
      after: t.arg.string({ description: "Those behind this cursor." }),
      last: t.arg.int({ description: "The last so many, up to 500." }),
      before: t.arg.string({ description: "Those before this cursor." }),
      inputType: t.arg.string({ description: "Only those of this type." }),
      keyPrefix: t.arg.string({
        description: "Only those of the channel that is named by this prefix, exactly.",
      }),
      kind: t.arg({ type: RunInputKind, description: "Only messages, or only answers." }),
    },
    resolve: (run, args, ctx, info) =>
      pageOfInputs(ctx, run.id, args, queryFromInfo({ context: ctx, info, paths: [["nodes"]] })),
  }),
);
