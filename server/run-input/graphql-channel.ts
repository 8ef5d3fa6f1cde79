import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { type Channel, channelsOf } from "./read-channels.ts";

const InputChannel = builder.objectRef<Channel>("InputChannel").implement({
  description:
    "What a run receives, or what waits for it: messages of one type, or of one prefix. A question is no channel.",
  fields: (t) => ({
    inputType: t.exposeString("inputType", {
      description:
        "The identity of the type; of a channel that is named by a prefix, the type that was last known of it.",
    }),
    keyPrefix: t.exposeString("keyPrefix", {
      nullable: true,
      description: "Set where the receiver named its channel itself; such a channel takes every type.",
    }),
    schema: t.field({
      type: "JSON",
      nullable: true,
      description: "JSON Schema of one message; null before any receiver made it known.",
      resolve: (channel) => channel.schema,
    }),
    retention: t.exposeInt("retention", {
      nullable: true,
      description:
        "Seconds that messages are kept after the run's code took or refused them; null where they are kept as long as the run.",
    }),
    listening: t.exposeBoolean("listening", {
      description: "Whether the run's code is receiving from it now.",
    }),
    pending: t.exposeInt("pending", {
      description: "Messages that are stored and that the run's code has not been handed.",
    }),
  }),
});

builder.prismaObjectField(FlowRun, "inputChannels", (t) =>
  t.field({
    type: [InputChannel],
    description: "The types of message that this run receives, or that wait for it.",
    resolve: (run, _args, ctx) => channelsOf(ctx, run.id),
  }),
);

/** A channel by its name: its prefix where it has one, else its type. */
export const ChannelInput = builder.inputType("ChannelInput", {
  description:
    "Names a channel of a run: by its prefix where one is given (it takes every type then), else by the type.",
  fields: (t) => ({
    inputType: t.string({ required: true, description: "The identity of the type." }),
    keyPrefix: t.string({ description: "The prefix, exactly." }),
  }),
});
