import { GraphQLError } from "graphql";
import { isId } from "../../core/id.ts";
import type { WebhookAuth as AnyWebhookAuth } from "../../core/webhook/auth.ts";
import type { Context } from "../context.ts";
import type { Webhook as WebhookModel } from "../generated/prisma/client.ts";
import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { pageSize } from "../graphql/page-size.ts";
import { SealedElsewhereError } from "../secret/secrets.ts";
import { createWebhook, type SavedWebhook } from "./create-webhook.ts";
import { deleteWebhook } from "./delete-webhook.ts";
import { WebhookAuth, WebhookAuthInput } from "./graphql-auth.ts";
import { WebhookDelivery } from "./graphql-delivery.ts";
import { readDeliveries } from "./read-deliveries.ts";
import { rotateWebhook, rotateWebhookToken } from "./rotate-webhook.ts";
import { slugPlace } from "./slug.ts";
import { setWebhookEnabled, updateWebhook } from "./update-webhook.ts";

type ShownWebhook = WebhookModel & { token?: string | null };

const Webhook = builder.objectRef<ShownWebhook>("Webhook").implement({
  description: "An HTTP endpoint that turns requests into events by a template.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    name: t.exposeString("name", { description: "Unique." }),
    description: t.exposeString("description", { description: "What it is for, for people." }),
    enabled: t.exposeBoolean("enabled", {
      description: "Whether it takes requests; one that does not answers as if there were none.",
    }),
    slug: t.string({
      description: "The part of its URL that nobody can guess: whoever knows it may call.",
      resolve: slugOf,
    }),
    url: t.string({
      description: "Where requests go; begins with ANTIPHON_PUBLIC_URL.",
      resolve: (webhook, _args, ctx) => `${ctx.settings.publicUrl}/hooks/${slugOf(webhook, {}, ctx)}`,
    }),
    formerUntil: t.field({
      type: "DateTime",
      nullable: true,
      description: "Until when the URL before the last rotation is taken too; null where it is not.",
      resolve: ({ formerUntil }, _args, ctx) =>
        formerUntil !== null && formerUntil > ctx.now() ? formerUntil : null,
    }),
    template: t.exposeString("template", {
      description: "What a request becomes: JSON with templates in its texts, or a template that makes JSON.",
    }),
    allowedMethods: t.exposeStringList("allowedMethods", {
      description: "The methods that it takes; empty for all of GET, HEAD, DELETE, POST, PUT and PATCH.",
    }),
    auth: t.field({
      type: WebhookAuth,
      description: "How requests prove who sends them.",
      resolve: ({ auth }) => auth as unknown as AnyWebhookAuth, // as it is stored
    }),
    token: t.string({
      nullable: true,
      description:
        "The token that senders bear: only in the answer of the operation that made it, else null.",
      resolve: ({ token }) => token ?? null,
    }),
    allowReserved: t.exposeBoolean("allowReserved", {
      description: "Whether its events may have names that begin with `prefect.`.",
    }),
    rateLimit: t.exposeFloat("rateLimit", {
      nullable: true,
      description: "Requests a second that it takes; null for the server's own limit.",
    }),
    receivedCount: t.float({
      description: "Requests that were accepted so far.",
      resolve: ({ receivedCount }) => Number(receivedCount),
    }),
    failedCount: t.float({
      description: "Requests that were refused so far, for what they hold or for want of proof.",
      resolve: ({ failedCount }) => Number(failedCount),
    }),
    refusedByMethod: t.float({
      description:
        "Requests turned away so far for a method that it does not take, answered 405; nothing else is kept of them.",
      resolve: ({ refusedByMethod }) => Number(refusedByMethod),
    }),
    refusedBySize: t.float({
      description:
        "Requests turned away so far for a body of more than 1 MiB, answered 413; nothing else is kept of them.",
      resolve: ({ refusedBySize }) => Number(refusedBySize),
    }),
    refusedByRate: t.float({
      description:
        "Requests turned away so far for being more than its rate, answered 429; nothing else is kept of them.",
      resolve: ({ refusedByRate }) => Number(refusedByRate),
    }),
    lastReceivedAt: t.expose("lastReceivedAt", {
      type: "DateTime",
      nullable: true,
      description: "When the last request came; null where there was none.",
    }),
    deliveries: t.field({
      type: [WebhookDelivery],
      description: "The requests that are kept, newest first: 100, or as the server is set.",
      args: { first: t.arg.int({ defaultValue: 50, description: "How many at most, up to 500." }) },
      resolve: ({ id }, { first }, ctx) =>
        readDeliveries(ctx, { webhookId: id, first: pageSize("first", first ?? 50) }),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", {
      type: "DateTime",
      description: "When it was last changed, its URL and its token included.",
    }),
  }),
});

builder.objectField(WebhookDelivery, "webhook", (t) =>
  t.field({
    type: Webhook,
    description: "The webhook that it went to.",
    resolve: ({ webhookId: id }, _args, ctx) => ctx.prisma.webhook.findUniqueOrThrow({ where: { id } }),
  }),
);

const WebhookInput = builder.inputType("WebhookInput", {
  description: "A webhook. In an update, what is left out stays as it is.",
  fields: (t) => ({
    name: t.string({ required: true, description: "1 to 255 characters, unique." }),
    description: t.string({ description: "What it is for, for people." }),
    enabled: t.boolean({ description: "Whether it takes requests; true where it is left out." }),
    template: t.string({
      required: true,
      description:
        "What a request becomes: an event, or a list of at most 100, as JSON with templates in its texts, or as a template that makes JSON.",
    }),
    allowedMethods: t.stringList({ description: "The methods that it takes; empty for all." }),
    auth: t.field({
      type: WebhookAuthInput,
      description: "How requests prove who sends them; not at all where it is left out.",
    }),
    allowReserved: t.boolean({
      description:
        "Whether its events may have names that begin with `prefect.`; false where it is left out.",
    }),
    rateLimit: t.float({
      description:
        "Requests a second, of which twice as many may come at once; the server's own limit where it is null or left out.",
    }),
  }),
});

const WebhookResult = resultUnion("WebhookResult", {
  description: "The webhook as it is now, or why nothing was changed.",
  success: Webhook,
  refusals: ["InvalidInputError", "NotFoundError", "AlreadyExistsError"],
});

builder.queryFields((t) => ({
  webhooks: t.field({
    type: [Webhook],
    description: "All webhooks, by name.",
    resolve: (_root, _args, ctx) => ctx.prisma.webhook.findMany({ orderBy: { name: "asc" } }),
  }),
  webhook: t.field({
    type: Webhook,
    nullable: true,
    description: "A webhook by its id; null where there is none.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, { id }, ctx) => (isId(id) ? ctx.prisma.webhook.findUnique({ where: { id } }) : null),
  }),
}));

const graceSeconds =
  "Seconds that the old one is taken too, up to 86400; it stops at once where it is left out.";

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WebhookResult,
    description: "Create a webhook, at a URL that the server makes.",
    args: { webhook: t.arg({ type: WebhookInput, required: true, description: "The webhook." }) },
    resolve: async (_root, { webhook }, ctx) => show(ctx, await createWebhook(ctx, webhook)),
  }),
  updateWebhook: t.field({
    type: WebhookResult,
    description: "Change a webhook. Its URL stays; what is left out stays as it is.",
    args: {
      id: t.arg.id({ required: true, description: "The webhook." }),
      webhook: t.arg({ type: WebhookInput, required: true, description: "What it is to be." }),
    },
    resolve: async (_root, { id, webhook }, ctx) => show(ctx, await updateWebhook(ctx, id, webhook)),
  }),
  setWebhookEnabled: t.field({
    type: WebhookResult,
    description: "Let a webhook take requests, or answer as if there were none.",
    args: {
      id: t.arg.id({ required: true, description: "The webhook." }),
      enabled: t.arg.boolean({ required: true, description: "Whether it takes requests." }),
    },
    resolve: async (_root, { id, enabled }, ctx) =>
      show(ctx, { id: await setWebhookEnabled(ctx, id, enabled), token: null }),
  }),
  rotateWebhook: t.field({
    type: WebhookResult,
    description: "A new slug; the old URL stops working at once, or after `graceSeconds`.",
    args: {
      id: t.arg.id({ required: true, description: "The webhook." }),
      graceSeconds: t.arg.float({ description: graceSeconds }),
    },
    resolve: async (_root, args, ctx) => show(ctx, await rotateWebhook(ctx, args)),
  }),
  rotateWebhookToken: t.field({
    type: WebhookResult,
    description: "A new token for the senders of a webhook to bear, which is answered this once.",
    args: {
      id: t.arg.id({ required: true, description: "The webhook." }),
      graceSeconds: t.arg.float({ description: graceSeconds }),
    },
    resolve: async (_root, args, ctx) => show(ctx, await rotateWebhookToken(ctx, args)),
  }),
  deleteWebhook: t.idList({
    description:
      "Delete a webhook with its deliveries; its events stay. Answers the ids that were deleted: none where there was none.",
    args: { id: t.arg.id({ required: true, description: "The webhook." }) },
    resolve: (_root, { id }, ctx) => plainly(deleteWebhook(ctx, id)),
  }),
}));

async function show(ctx: Context, { id, token }: SavedWebhook): Promise<ShownWebhook> {
  return { ...(await ctx.prisma.webhook.findUniqueOrThrow({ where: { id } })), token };
}

function slugOf({ id, slug }: ShownWebhook, _args: object, ctx: Context): string {
  try {
    return ctx.secrets.open(slug, slugPlace(id));
  } catch (error) {
    if (!(error instanceof SealedElsewhereError)) throw error;
    throw new GraphQLError(`${error.message}; rotateWebhook gives it a new URL`, {
      extensions: { code: "SEALED_ELSEWHERE" },
    });
  }
}
