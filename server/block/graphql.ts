import type { BlockType as AnyBlockType } from "../../core/block/block-type.ts";
import { blockTypes } from "../../core/block/block-types.ts";
import { documentSchema } from "../../core/block/secret-places.ts";
import { withNulls } from "../../core/block/with-nulls.ts";
import { asksFor } from "../graphql/asks-for.ts";
import { builder } from "../graphql/builder.ts";
import { Issue, plainly, resultUnion } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { FinishedInputsInput } from "../run-input/graphql-finished.ts";
import { deleteBlock } from "./delete-block.ts";
import { documentIssues } from "./open-block.ts";
import { readBlock, readBlocks } from "./read-block.ts";
import { saveBlock } from "./save-block.ts";
import { type BlockTestResult, testBlock } from "./test-block.ts";

/** A block, for every field that shows one. */
export const Block = builder.prismaObject("Block", {
  description:
    "A named configuration document of one of the `blockTypes`, such as `json`, `slack-webhook` or `email` (notify), or `webhook` (call). The data of a `json` block is an object of the one field `value`.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", {
      description: "Unique among those of its type; of one that was saved without a name, its id.",
    }),
    type: t.exposeString("type", { description: "What kind of document it is, such as `json`." }),
    data: t.field({
      type: "JSON",
      description:
        "The document as it was saved; its keys are in snake_case. Secrets come back as `********`. Whether it still satisfies its type, `issues` say.",
      args: {
        nulls: t.arg.boolean({
          defaultValue: false,
          description: "With null for each field that its type requires and that it lacks.",
        }),
      },
      resolve: (block, { nulls }, ctx) =>
        nulls ? withNulls(block.data, documentIssues(ctx, block)) : block.data,
    }),
    issues: t.field({
      type: [Issue],
      description:
        "Why it cannot be used as it is: what is wrong with its data, such as a field that its type has come to require since it was saved. Empty where all is well.",
      resolve: (block, _args, ctx) => documentIssues(ctx, block),
    }),
    revision: t.exposeInt("revision", { description: "How often it was saved, counted from 1." }),
    anonymous: t.exposeBoolean("anonymous", {
      description: "Whether it was saved without a name; it is in no list then.",
    }),
    ttl: t.exposeInt("ttl", {
      nullable: true,
      description: "Seconds that it lives after it was last saved; null: for good.",
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: true,
      description: "When it is gone, unless it is saved again; null: never.",
    }),
    ownerRun: t.relation("ownerRun", {
      nullable: true,
      description: "The run that it is deleted with; null: none.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was first saved." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it was last saved." }),
  }),
});

const BlockResult = resultUnion("BlockResult", {
  description: "The saved block, or why it was not saved.",
  success: Block,
  refusals: ["InvalidInputError", "AlreadyExistsError", "NotFoundError", "StaleExecutionError"],
});

const BlockCapability = builder.enumType("BlockCapability", {
  description: "What a block is good for.",
  values: {
    NOTIFY: { value: "notify", description: "It sends messages: `send-notification` takes it." },
    CALL: { value: "call", description: "It calls another system: `call-webhook` takes it." },
  } as const,
});

const BlockType = builder.objectRef<AnyBlockType>("BlockType").implement({
  description: "A type of block.",
  fields: (t) => ({
    slug: t.exposeString("slug", { description: "Its name in `Block.type`." }),
    name: t.exposeString("name", { description: "Its name for people." }),
    description: t.exposeString("description", { description: "What blocks of it are for." }),
    capabilities: t.field({
      type: [BlockCapability],
      description: "None for blocks that only hold something.",
      resolve: ({ capabilities }) => capabilities,
    }),
    schema: t.field({
      type: "JSON",
      description:
        "The JSON Schema of its data, as `saveBlock` takes it. Secrets are `writeOnly`, with the format `password`.",
      resolve: (type) => documentSchema(type),
    }),
  }),
});

const BlockTest = builder.objectRef<BlockTestResult>("BlockTest").implement({
  description: "What became of a message or call that tries a block out.",
  fields: (t) => ({
    ok: t.exposeBoolean("ok", { description: "Whether it was taken." }),
    reason: t.exposeString("reason", { nullable: true, description: "Why it was not; null where it was." }),
    log: t.exposeStringList("log", { description: "What happened, line by line, without secrets." }),
    result: t.expose("result", { type: "JSON", description: "What an action would have as its result." }),
  }),
});

const BlockTestUnion = resultUnion("BlockTestResult", {
  description: "What became of the test, or why there was none.",
  success: BlockTest,
  refusals: ["InvalidInputError", "NotFoundError"],
});

builder.queryFields((t) => ({
  blockTypes: t.field({
    type: [BlockType],
    description: "All types of blocks, in the order in which they are best offered.",
    resolve: () => [...blockTypes],
  }),
  block: t.field({
    type: Block,
    nullable: true,
    description: "A block by its type and name; null where there is none, or it has expired.",
    args: {
      type: t.arg.string({ required: true, description: "Its type." }),
      name: t.arg.string({ required: true, description: "Its name." }),
    },
    resolve: (_root, { type, name }, ctx) => readBlock(ctx.db, type, name),
  }),
  blocks: t.field({
    type: [Block],
    description: "All blocks that have a name, or those of one type, by type and name.",
    args: { type: t.arg.string({ description: "Only those of this type." }) },
    resolve: (_root, { type }, ctx, info) =>
      readBlocks(ctx.db, type ?? null, asksFor(info, "data", "issues")),
  }),
}));

builder.mutationFields((t) => ({
  saveBlock: t.field({
    type: BlockResult,
    description:
      "Save a block. A name that is taken is refused unless `overwrite`. With `finished`, inputs are finished with in the same transaction: both happen, or nothing.",
    args: {
      type: t.arg.string({ required: true, description: "Its type, such as `slack-webhook`." }),
      name: t.arg.string({
        description:
          "Its name: small letters, digits and dashes; of a `json` block any text. Where it is left out, the block is a new one without a name: it goes by its id, and is in no list.",
      }),
      data: t.arg({
        type: "JSON",
        required: true,
        description:
          "The document. A secret that is left out, or given as `********`, stays as it is; null takes it away.",
      }),
      overwrite: t.arg.boolean({
        defaultValue: false,
        description: "Replace the one of the same type and name.",
      }),
      ifRevision: t.arg.int({
        description:
          "Replace the one of the same type and name only where it is at this `revision`, so that nobody's change is lost (AlreadyExistsError where it is at another one); 0: there must be none.",
      }),
      ttl: t.arg.int({
        description:
          "Seconds that a `json` block lives after this save and each later one: then there is none of this name. Null: for good. Where it is left out, it stays as it is.",
      }),
      ownerRunId: t.arg.id({
        description:
          "The run that a `json` block is deleted with (NotFoundError where there is no such run). Null: none. Where it is left out, it stays as it is.",
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
    description:
      "Delete a block. Answers the ids that were deleted: none where there was none. One that automations use is not deleted (BAD_USER_INPUT, which names them).",
    args: {
      id: t.arg.id({ required: true, description: "The block." }),
      force: t.arg.boolean({
        defaultValue: false,
        description: "Also where automations use it; their actions fail from then on.",
      }),
    },
    resolve: (_root, args, ctx) => plainly(deleteBlock(ctx, args)),
  }),
  testBlock: t.field({
    type: BlockTestUnion,
    description: "Try a block out: a message is sent, or a call is made, once, which says that it is a test.",
    args: { id: t.arg.id({ required: true, description: "The block." }) },
    resolve: (_root, args, ctx) => testBlock(ctx, args),
  }),
}));
