import { builder } from "../graphql/builder.ts";
import { plainly } from "../graphql/errors.ts";
import { liveField } from "../live/field.ts";
import { followInputs } from "./follow-inputs.ts";
import { RunInput, RunInputKind } from "./graphql.ts";
import { ChannelInput } from "./graphql-channel.ts";
import type { InputFilter } from "./read.ts";
import { type ReceiveInputsArgs, receiveInputs } from "./receive-inputs.ts";

builder.subscriptionFields((t) => ({
  runInputs: t.field({
    type: RunInput,
    description:
      "A run's messages and answers in one order: what is stored behind `after`, or from its first, then what is added.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      inputType: t.arg.string({ description: "Only those of this type." }),
      keyPrefix: t.arg.string({
        description: "Only those of the channel that is named by this prefix, exactly.",
      }),
      kind: t.arg({ type: RunInputKind, description: "Only messages, or only answers." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
    },
    ...liveField({
      source: (args: { flowRunId: string; after?: string | null } & InputFilter, ctx) =>
        followInputs(ctx, args),
      resolve: (input) => input,
    }),
  }),
  receiveInputs: t.field({
    type: RunInput,
    description: `For the run's own code: the messages of one channel. While it is open the channel is known, with its schema, and listening.
It begins behind \`after\`, else behind the position of the receiver \`name\`, else with the first message of the channel.`,
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      execution: t.arg.int({ required: true, description: "Its execution." }),
      channel: t.arg({ type: ChannelInput, required: true, description: "The channel." }),
      schema: t.arg({
        type: "JSON",
        description: "JSON Schema of one message, by which `sendInput` checks from now on.",
      }),
      schemaDigest: t.arg.string({ description: "The digest of the full schema." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
      name: t.arg.string({ description: "Go on behind the stored position of this name." }),
      retention: t.arg.int({
        description:
          "Whole seconds, 1 or more, that the channel's messages are kept once the code took or refused them; null: as long as the run. Left out, what was said before stays.",
      }),
    },
    ...liveField({
      source: (args: ReceiveInputsArgs, ctx) => plainly(receiveInputs(ctx, args)),
      resolve: (input) => input,
    }),
  }),
}));
