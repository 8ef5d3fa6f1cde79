import { ExecutionInput } from "../flow-run/graphql-execution.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { deleteRunInput } from "./delete-run-input.ts";
import { RunInput } from "./graphql.ts";
import { sendInput } from "./send-input.ts";

const SendInputResult = resultUnion("SendInputResult", {
  description: "The stored input, or the one that was stored before under the same `idempotencyKey`.",
  success: RunInput,
  refusals: ["InvalidInputError", "StateConflictError", "NotFoundError", "StaleExecutionError"],
});

builder.mutationFields((t) => ({
  sendInput: t.field({
    type: SendInputResult,
    description: `Store a message for a run, at any time before it ends; it need not be listening yet.
Where the schema of the channel is known, the value is checked first.
\`inputType\` may be left out for a string, a number, a boolean or null: those types are \`string\`, \`number\`, \`boolean\` and \`null\`.`,
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run that is to receive it." }),
      inputType: t.arg.string({ description: "The identity of the value's type." }),
      value: t.arg({ type: "JSON", description: "What is sent; null where it is left out." }),
      sender: t.arg.string({ description: "Who sends it; the calling run where `from` is given." }),
      keyPrefix: t.arg.string({ description: "Send it to the channel with this name, whatever its type." }),
      inReplyTo: t.arg.string({ description: "The key of the input that this answers." }),
      idempotencyKey: t.arg.string({
        description:
          "1 to 255 characters: a second call with it stores nothing and answers what the first one stored.",
      }),
      schemaDigest: t.arg.string({
        description: "The digest of the sender's schema, so that the receiver can see where theirs differ.",
      }),
      from: t.arg({
        type: ExecutionInput,
        description: "The execution that calls; a replaced one is refused.",
      }),
    },
    resolve: (_root, args, ctx) => sendInput(ctx, args),
  }),
  deleteRunInput: t.idList({
    description:
      "Delete an input. Answers the ids that were deleted: none where there was none, or where it is the question or the answer of an open wait.",
    args: { id: t.arg.id({ required: true, description: "The input." }) },
    resolve: (_root, { id }, ctx) => deleteRunInput(ctx, { id }),
  }),
}));
