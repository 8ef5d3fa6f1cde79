import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { Block } from "../block/graphql.ts";
import type { Context } from "../context.ts";
import { Deployment } from "../deployment/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { badUserInput } from "../graphql/request-error.ts";
import { applyAutomation } from "./apply-automation.ts";
import { createAutomation } from "./create-automation.ts";
import { createAutomations } from "./create-automations.ts";
import { deleteAutomation } from "./delete-automation.ts";
import { deleteOwned } from "./delete-owned.ts";
import { Automation, AutomationConnection } from "./graphql.ts";
import { ActionInput } from "./graphql-action.ts";
import { AutomationFilter, AutomationSort } from "./graphql-filter.ts";
import { TriggerInput } from "./graphql-trigger-input.ts";
import { automationsOf, findAutomation, pageOfAutomations, showAutomation } from "./read-automations.ts";
import { readDocument, readInput } from "./read-definition.ts";
import { setAutomationEnabled } from "./set-automation-enabled.ts";
import { updateAutomation } from "./update-automation.ts";

const AutomationInput = builder.inputType("AutomationInput", {
  description: "An automation as typed input. At least one list of actions must hold one.",
  fields: (t) => ({
    name: t.string({
      required: true,
      description: "1 to 255 characters, unique among the automations of the same owner.",
    }),
    description: t.string({ description: "What it is for, for people." }),
    enabled: t.boolean({ description: "Whether it watches; true where it is left out." }),
    tags: t.stringList({ description: "For finding it." }),
    trigger: t.field({ type: TriggerInput, required: true, description: "What it watches." }),
    actions: t.field({ type: [ActionInput], required: true, description: "What it does at every firing." }),
    actionsOnTrigger: t.field({
      type: [ActionInput],
      description: "What it does besides when its trigger is triggered.",
    }),
    actionsOnResolve: t.field({
      type: [ActionInput],
      description: "What it does besides when its trigger is resolved; only metric triggers are.",
    }),
    ownerResource: t.string({
      description:
        "The resource that it belongs to. Only said when it is created: where an update leaves it out, it stays, and another one is refused.",
    }),
  }),
});

export const AutomationResult = resultUnion("AutomationResult", {
  description: "The automation as it is now, or why nothing was changed.",
  success: Automation,
  refusals: ["InvalidInputError", "NotFoundError"],
});

const CreatedAutomations = builder.objectRef<{ ids: string[] }>("CreatedAutomations").implement({
  description: "Automations that were created together.",
  fields: (t) => ({
    automations: t.field({
      type: [Automation],
      description: "In the order of the documents.",
      resolve: ({ ids }, _args, ctx) => Promise.all(ids.map((id) => showAutomation(ctx, id))),
    }),
  }),
});

const CreateAutomationsResult = resultUnion("CreateAutomationsResult", {
  description: "All of the automations, or why none was created.",
  success: CreatedAutomations,
  refusals: ["InvalidInputError"],
});

builder.prismaObjectField(Deployment, "automations", (t) =>
  t.field({
    type: [Automation],
    description: "The automations that belong to it, and those whose actions name it, by name.",
    resolve: (deployment, _args, ctx) => automationsOf(ctx, `prefect.deployment.${deployment.id}`),
  }),
);

builder.prismaObjectField(Block, "automations", (t) =>
  t.field({
    type: [Automation],
    description: "The automations whose actions name it, by name.",
    resolve: (block, _args, ctx) => automationsOf(ctx, `prefect.block-document.${block.id}`),
  }),
);

builder.queryFields((t) => ({
  automation: t.field({
    type: Automation,
    nullable: true,
    description:
      "An automation by `id` or by `name`; give one of them. Null where there is none. A name is that of the one without owner, else of the only one; where several owners have one it is an error with the code AMBIGUOUS_NAME.",
    args: {
      id: t.arg.id({ description: "Its id." }),
      name: t.arg.string({ description: "Its name." }),
    },
    resolve: (_root, args, ctx) => findAutomation(ctx, args),
  }),
  automations: t.field({
    type: AutomationConnection,
    description: "Automations, by name where no other order is asked for.",
    args: {
      first: t.arg.int({ defaultValue: 50, description: "How many at most, up to 500." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
      nameLike: t.arg.string({
        description:
          "Only those with this as a part of the name, letter case ignored. There are no wildcards.",
      }),
      tags: t.arg.stringList({ description: "Only those that have every one of these tags." }),
      filter: t.arg({ type: AutomationFilter, description: "Only those that satisfy it." }),
      sort: t.arg({ type: AutomationSort, defaultValue: "NAME_ASC", description: "In which order." }),
    },
    resolve: (_root, args, ctx) => pageOfAutomations(ctx, args),
  }),
}));

const typed = "As typed input; give this or `document`.";
const untyped = "As a document, like that of `applyAutomation`; give this or `automation`.";

builder.mutationFields((t) => ({
  createAutomation: t.field({
    type: AutomationResult,
    description: "Create an automation. It judges every event that is emitted after the answer.",
    args: {
      automation: t.arg({ type: AutomationInput, description: typed }),
      document: t.arg({ type: "JSON", description: untyped }),
      id: t.arg.id({
        description:
          "Its id, a UUID of the caller's choice: a call that comes again with it answers what the first has made. That of an automation which is deleted is refused.",
      }),
    },
    resolve: async (_root, { id, ...args }, ctx) =>
      showAutomation(ctx, await createAutomation(ctx, await definitionOf(ctx, args, id ?? null), id ?? null)),
  }),
  createAutomations: t.field({
    type: CreateAutomationsResult,
    description:
      "Create up to 500 automations at once: all of them, or none where one is refused. Paths of refusals begin with `documents` and the document's index.",
    args: {
      documents: t.arg({
        type: ["JSON"],
        required: true,
        description: "Documents, like those of `applyAutomation`.",
      }),
    },
    resolve: async (_root, { documents }, ctx) => ({ ids: await createAutomations(ctx, documents) }),
  }),
  updateAutomation: t.field({
    type: AutomationResult,
    description:
      "Replace an automation but for its id and its owner. An equal definition changes nothing; a changed trigger starts afresh.",
    args: {
      id: t.arg.id({ required: true, description: "The automation." }),
      automation: t.arg({ type: AutomationInput, description: typed }),
      document: t.arg({ type: "JSON", description: untyped }),
      ifRevision: t.arg.int({
        description:
          "Only where it is at this `revision`, so that nobody's change is lost; refused with its revision where it is at another.",
      }),
    },
    resolve: async (_root, { id, ifRevision, ...args }, ctx) => {
      const ownerPath = args.automation == null ? "owner_resource" : "ownerResource";
      const definition = await definitionOf(ctx, args, id);
      const options = { ownerPath, ifRevision: ifRevision ?? null } as const;
      return showAutomation(ctx, await updateAutomation(ctx, id, definition, options));
    },
  }),
  applyAutomation: t.field({
    type: AutomationResult,
    description: `Create an automation from its document, or replace the one of the same name and owner. An equal one stays as it is, also its \`updatedAt\`.
A document is the JSON that YAML files hold: fields in snake_case, triggers and actions told apart by \`type\`.`,
    args: { document: t.arg({ type: "JSON", required: true, description: "The document." }) },
    resolve: async (_root, { document }, ctx) => {
      const definition = await readDocument(ctx, document);
      return showAutomation(ctx, (await applyAutomation(ctx, definition)).id);
    },
  }),
  setAutomationEnabled: t.field({
    type: AutomationResult,
    description:
      "Let an automation watch, from now on as if just created, or no longer. Enabling checks it whole; one that is refused stays disabled.",
    args: {
      id: t.arg.id({ required: true, description: "The automation." }),
      enabled: t.arg.boolean({ required: true, description: "Whether it is to watch." }),
    },
    resolve: async (_root, { id, enabled }, ctx) =>
      showAutomation(ctx, await setAutomationEnabled(ctx, id, enabled)),
  }),
  deleteAutomationsOwnedBy: t.idList({
    description:
      "Delete all automations that belong to a resource. Answers the ids that were deleted: none where there were none.",
    args: {
      ownerResource: t.arg.string({
        required: true,
        description: "The resource, such as `prefect.deployment.<id>`.",
      }),
    },
    resolve: (_root, { ownerResource }, ctx) => plainly(deleteOwned(ctx, ownerResource)),
  }),
  deleteAutomation: t.idList({
    description:
      "Delete an automation. Its firings stay and show it. Answers the ids that were deleted: none where there was none.",
    args: { id: t.arg.id({ required: true, description: "The automation." }) },
    resolve: (_root, { id }, ctx) => plainly(deleteAutomation(ctx, id)),
  }),
}));

/** @throws InvalidInputError whose paths are those of what was given */
async function definitionOf(
  ctx: Context,
  given: { automation?: object | null; document?: unknown },
  id: string | null,
): Promise<AutomationDefinition> {
  if ((given.automation == null) === (given.document == null))
    throw badUserInput("give one of `automation` and `document`");
  return given.automation == null
    ? readDocument(ctx, given.document, { id })
    : readInput(ctx, given.automation, { id });
}
