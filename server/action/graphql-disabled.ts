import { Automation } from "../automation/graphql.ts";
import { AutomationResult } from "../automation/graphql-operations.ts";
import { builder } from "../graphql/builder.ts";
import { enableAction } from "./enable-action.ts";

const DisabledAction = builder.prismaObject("ActionFailure", {
  name: "DisabledAction",
  description: "An action that is carried out no more, since it failed so often in a row.",
  fields: (t) => ({
    list: t.exposeString("list", {
      description: "The list that it stands in: `actions`, `actions_on_trigger` or `actions_on_resolve`.",
    }),
    place: t.exposeInt("place", { description: "Its place there, from 0." }),
    failures: t.exposeInt("failures", { description: "How often it failed, in a row." }),
    since: t.field({
      type: "DateTime",
      description: "From when on it is carried out no more.",
      // Only such are shown.
      resolve: ({ disabledAt }) => disabledAt as Date,
    }),
  }),
});

builder.prismaObjectField(Automation, "disabledActions", (t) =>
  t.relation("failures", {
    type: DisabledAction,
    description: "Its actions that are carried out no more, until somebody enables them.",
    query: { where: { disabledAt: { not: null } }, orderBy: [{ list: "asc" }, { place: "asc" }] },
  }),
);

builder.mutationField("enableAction", (t) =>
  t.field({
    type: AutomationResult,
    description:
      "Have an action that was disabled for its failures carried out again from the next firing on.",
    args: {
      automation: t.arg.id({ required: true, description: "The automation." }),
      list: t.arg.string({
        required: true,
        description:
          "The list that the action stands in: `actions`, `actions_on_trigger` or `actions_on_resolve`.",
      }),
      place: t.arg.int({ required: true, description: "Its place there, from 0." }),
    },
    resolve: async (_root, args, ctx) =>
      ctx.prisma.automation.findUniqueOrThrow({ where: { id: await enableAction(ctx, args) } }),
  }),
);
