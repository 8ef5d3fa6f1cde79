import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { FinishedInputsInput } from "../run-input/graphql-finished.ts";
import { deleteBlock } from "./delete-block.ts";
import { saveBlock } from "./save-block.ts";

const Block = builder.prismaObject("Block", {
  description:
    "A named configuration document. The data of a block of type `json` is an object of the one field `value`.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique among those of its type." }),
    type: t.exposeString("type", { description: "What kind of document it is, such as `json`." }),
    data: t.expose("data", { type: "JSON", description: "The document; its keys are in snake_case." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was first saved." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it was last saved." }),
  }),
});

const BlockResult = resultUnion("BlockResult", {
  description: "The saved block, or why it was not saved.",
  success: Block,
  refusals: ["InvalidInputError", "AlreadyExistsError", "NotFoundError", "StaleExecutionError"],
});

builder.queryFields((t) => ({
  block: t.prismaField({
    type: Block,
    nullable: true,
    description: "A block by its type and name; null where there is none.",
    args: {
      type: t.arg.string({ required: true, description: "Its type." }),
      name: t.arg.string({ required: true, description: "Its name." }),
    },
    resolve: (query, _root, { type, name }, ctx) =>
      `${type}${name}`.includes("\0")
        ? null
        : ctx.prisma.block.findUnique({ ...query, where: { type_name: { type, name } } }),
  }),
  blocks: t.prismaField({
    type: [Block],
    description: "All blocks, or those of one type, by type and name.",
    args: { type: t.arg.string({ description: "Only those of this type." }) },
    resolve: (query, _root, { type }, ctx) =>
      type?.includes("\0")
        ? []
        : ctx.prisma.block.findMany({
            ...query,
            where: type == null ? {} : { type },
            orderBy: [{ type: "asc" }, { name: "asc" }],
          }),
  }),
}));

builder.mutationFields((t) => ({
  saveBlock: t.field({
    type: BlockResult,
    description:
      "Save a block. A name that is taken is refused unless `overwrite`. With `finished`, inputs are finished with in the same transaction: both happen, or nothing.",
    args: {
      type: t.arg.string({ required: true, description: "Its type; `json` so far." }),
      name: t.arg.string({ required: true, description: "Its name." }),
      data: t.arg({ type: "JSON", required: true, description: "The document." }),
      overwrite: t.arg.boolean({
        defaultValue: false,
        description: "Replace the one of the same type and name.",
      }),
      finished: t.arg({
        type: FinishedInputsInput,
        description: "For a run's own code: the inputs whose outcome the document is.",
      }),
    },
    resolve: async (_root, args, ctx) => {
      const id = await saveBlock(ctx, args);
      return ctx.prisma.block.findUniqueOrThrow({ where: { id } });
    },
  }),
  deleteBlock: t.idList({
    description: "Delete a block. Answers the ids that were deleted: none where there was none.",
    args: { id: t.arg.id({ required: true, description: "The block." }) },
    resolve: (_root, args, ctx) => plainly(deleteBlock(ctx, args)),
  }),
}));
