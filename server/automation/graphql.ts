import { actionLists } from "../../core/automation/automation.ts";
import { automationDocument } from "../../core/automation/document.ts";
import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { Issue } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { Action } from "./graphql-action.ts";
import { Trigger } from "./graphql-trigger.ts";
import { ofRecord } from "./of-record.ts";
import { isBroken, readWarnings } from "./read-warnings.ts";

const [actions, onTrigger, onResolve] = actionLists;

/** An automation, for every field that shows one. */
export const Automation = builder.prismaObject("Automation", {
  description: "A trigger with what is done when it fires.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique among those of its owner." }),
    description: t.exposeString("description", { description: "What it is for, for people." }),
    enabled: t.exposeBoolean("enabled", { description: "Whether it watches." }),
    tags: t.exposeStringList("tags", { description: "For finding it." }),
    trigger: t.field({
      type: Trigger,
      description: "What it watches. For the whole tree read `document`.",
      resolve: (row) => ofRecord(row).trigger,
    }),
    actions: t.field({
      type: [Action],
      description: "What it does at every firing.",
      resolve: (row) => [...ofRecord(row)[actions.key]],
    }),
    actionsOnTrigger: t.field({
      type: [Action],
      description: "What it does besides when its trigger is triggered.",
      resolve: (row) => [...ofRecord(row)[onTrigger.key]],
    }),
    actionsOnResolve: t.field({
      type: [Action],
      description: "What it does besides when its trigger is resolved.",
      resolve: (row) => [...ofRecord(row)[onResolve.key]],
    }),
    ownerResource: t.exposeString("ownerResource", {
      nullable: true,
      description: "The resource that it belongs to, such as `prefect.deployment.<id>`; null for none.",
    }),
    document: t.field({
      type: "JSON",
      description: "The same automation as a document, as `applyAutomation` takes it and YAML files hold it.",
      resolve: (row) => automationDocument(ofRecord(row)),
    }),
    warnings: t.field({
      type: [Issue],
      description: "What is valid but doubtful in it, computed when read; paths into `document`.",
      resolve: (row, _args, ctx) => readWarnings(ctx, ofRecord(row)),
    }),
    broken: t.boolean({
      description:
        "Whether something that its actions select is not there, such as a deployment that was deleted.",
      resolve: (row, _args, ctx) => isBroken(ctx, ofRecord(row)),
    }),
    revision: t.exposeInt("revision", {
      description: "One more with each change; `updateAutomation` can be told which one it is to replace.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
    deletedAt: t.expose("deletedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was deleted; only firings show it then. Null where it is not.",
    }),
  }),
});

export const AutomationConnection = connectionType("AutomationConnection", {
  description: "Automations, by pages.",
  node: Automation,
  counted: true,
});
