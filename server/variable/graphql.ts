import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { deleteVariable } from "./delete-variable.ts";
import { setVariable } from "./set-variable.ts";

const Variable = builder.prismaObject("Variable", {
  description:
    "A JSON value under a name. Templates know it as `variables.<name>` where it is not secret; placeholders of the kind `workspace_variable` find it in any case.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique." }),
    value: t.field({
      type: "JSON",
      nullable: true,
      description: "Any JSON value, which keeps its type in templates; `********` where it is secret.",
      resolve: ({ value }) => value,
    }),
    secret: t.boolean({
      description: "Whether its value is encrypted at rest and never shown, nor known to templates.",
      resolve: ({ sealed }) => sealed !== null,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was first set." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it was last set." }),
  }),
});

const VariableResult = resultUnion("VariableResult", {
  description: "The variable, or why it was not set.",
  success: Variable,
  refusals: ["InvalidInputError"],
});

builder.queryFields((t) => ({
  variable: t.prismaField({
    type: Variable,
    nullable: true,
    description: "A variable by its name; null where there is none.",
    args: { name: t.arg.string({ required: true, description: "Its name." }) },
    resolve: (query, _root, { name }, ctx) =>
      name.includes("\0") ? null : ctx.prisma.variable.findUnique({ ...query, where: { name } }),
  }),
  variables: t.prismaField({
    type: [Variable],
    description: "All variables, by name.",
    resolve: (query, _root, _args, ctx) =>
      ctx.prisma.variable.findMany({ ...query, orderBy: { name: "asc" } }),
  }),
}));

builder.mutationFields((t) => ({
  setVariable: t.field({
    type: VariableResult,
    description:
      "Give a variable its value, new or instead of the one it has. At most 1,000 variables of 16 KiB. A secret one becomes plain only with a new value.",
    args: {
      name: t.arg.string({ required: true, description: "Letters, digits, - and _." }),
      value: t.arg({
        type: "JSON",
        description:
          "Any JSON value; null where it is left out. Of a secret variable, left out or `********`, it is the one that is there.",
      }),
      secret: t.arg.boolean({
        description:
          "Whether it is secret. Where it is left out, the variable stays what it is, and a new one is plain.",
      }),
    },
    resolve: async (_root, args, ctx) => {
      const id = await setVariable(ctx, args);
      return ctx.prisma.variable.findUniqueOrThrow({ where: { id } });
    },
  }),
  deleteVariable: t.idList({
    description: "Delete a variable. Answers the ids that were deleted: none where there was none.",
    args: { name: t.arg.string({ required: true, description: "Its name." }) },
    resolve: (_root, args, ctx) => plainly(deleteVariable(ctx, args)),
  }),
}));
