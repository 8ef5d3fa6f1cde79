import { builder } from "../graphql/builder.ts";
import { ChannelInput } from "./graphql-channel.ts";

export const ReceivePositionInput = builder.inputType("ReceivePositionInput", {
  description: "How far a named receiver of a channel is.",
  fields: (t) => ({
    channel: t.field({ type: ChannelInput, required: true, description: "The channel." }),
    name: t.string({ required: true, description: "The receiver's name." }),
    seq: t.int({
      required: true,
      description: "The last input that it has finished with. A further one stays.",
    }),
  }),
});

export const FinishedInputsInput = builder.inputType("FinishedInputsInput", {
  description: "Inputs that a run's code has finished with.",
  fields: (t) => ({
    flowRunId: t.id({ required: true, description: "The run that received them." }),
    execution: t.int({
      description:
        "Its execution; a replaced one is refused. Left out from outside the run's code, with `positions` or a `consumer`.",
    }),
    consumer: t.id({
      description:
        "The consumer that claimed them in an exclusive channel; what it has lost since is refused.",
    }),
    delivered: t.idList({ description: "Inputs that the code was handed." }),
    positions: t.field({ type: [ReceivePositionInput], description: "Positions of named receivers." }),
  }),
});
