import type { Context } from "../context.ts";
import { Event, eventOf } from "../event/graphql.ts";
import { batched } from "../graphql/batch.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";
import { previewWebhook } from "./preview.ts";
import { type BodyPart, type DeliveryRow, findDelivery, readBodies } from "./read-deliveries.ts";
import type { RenderedRequest } from "./render.ts";
import { replayDelivery } from "./replay.ts";

/** Characters of a body: the largest there is. */
const longestBody = 1024 * 1024;

const bodyOf: (ctx: Context, part: BodyPart) => Promise<string> = batched(readBodies);

export const WebhookDelivery = builder.objectRef<DeliveryRow>("WebhookDelivery").implement({
  description: "One request to a webhook, and what came of it.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    receivedAt: t.expose("receivedAt", { type: "DateTime", description: "When it came." }),
    method: t.exposeString("method", { description: "Its method, in upper case." }),
    query: t.exposeString("query", { description: "What stood behind the `?` of its address." }),
    headers: t.expose("headers", {
      type: "JSON",
      description: "Its headers by their names in lower case, without what is secret or noise.",
    }),
    body: t.string({
      description: "Its body as text; empty where nobody proved to have sent it.",
      args: {
        most: t.arg.int({ defaultValue: 8192, description: "Characters at most; the rest is cut off." }),
      },
      resolve: ({ id, bytes }, { most }, ctx) =>
        bytes === 0 ? "" : bodyOf(ctx, { id, most: Math.min(Math.max(most ?? 8192, 0), longestBody) }),
    }),
    bytes: t.exposeInt("bytes", { description: "The size of its body." }),
    statusCode: t.exposeInt("statusCode", {
      description:
        "What was answered: 204 where it was accepted, 400 where it failed, 401 where it was not proven.",
    }),
    error: t.exposeString("error", { nullable: true, description: "Why it was not accepted; else null." }),
    rendered: t.exposeString("rendered", {
      nullable: true,
      description: "What the template made of it, cut at 64 KiB; null where it did not come so far.",
    }),
    eventIds: t.field({
      type: ["ID"],
      description: "The ids of the events that it became, also of those that were in the log before.",
      resolve: ({ eventIds }) => eventIds,
    }),
    events: t.field({
      type: [Event],
      description: "Those of these events that are still kept.",
      resolve: async ({ eventIds }, _args, ctx) =>
        (await Promise.all(eventIds.map((id) => eventOf(ctx, id)))).filter((event) => event !== null),
    }),
    replayOf: t.exposeID("replayOf", {
      nullable: true,
      description: "The delivery that it repeats; null where it came from outside.",
    }),
    canReplay: t.boolean({
      description: "Whether it can be repeated: not where nobody proved to have sent it.",
      resolve: ({ statusCode }) => statusCode !== 401,
    }),
  }),
});

const WebhookReplayResult = resultUnion("WebhookReplayResult", {
  description: "The new delivery, whose `statusCode` says whether it was accepted, or why there is none.",
  success: WebhookDelivery,
  refusals: ["InvalidInputError", "NotFoundError"],
});

const WebhookPreview = builder.objectRef<RenderedRequest>("WebhookPreview").implement({
  description: "What a template makes of a request.",
  fields: (t) => ({
    rendered: t.exposeString("rendered", {
      nullable: true,
      description: "What it made; null where it failed before.",
    }),
    events: t.field({
      type: "JSON",
      description: "The events as they would be stored: a list of objects.",
      resolve: ({ events }) => events.map(({ given: _, ...event }) => event),
    }),
    error: t.string({
      nullable: true,
      description: "Why there are no events; null where there are.",
      resolve: ({ failure }) => failure?.message ?? null,
    }),
    line: t.int({
      nullable: true,
      description: "The line of the template's text where it failed, from 1.",
      resolve: ({ failure }) => failure?.line ?? null,
    }),
    column: t.int({
      nullable: true,
      description: "The column there, from 1.",
      resolve: ({ failure }) => failure?.column ?? null,
    }),
  }),
});

const WebhookPreviewResult = resultUnion("WebhookPreviewResult", {
  description: "What came of the request, or why the template cannot be saved.",
  success: WebhookPreview,
  refusals: ["InvalidInputError"],
});

const WebhookRequestInput = builder.inputType("WebhookRequestInput", {
  description: "A request to try a template out with.",
  fields: (t) => ({
    method: t.string({ description: "Its method; POST where it is left out." }),
    headers: t.field({
      type: "JSON",
      description: "Its headers: an object of texts. `content-type` says how the body is read.",
    }),
    query: t.string({ description: "What stands behind the `?` of its address." }),
    body: t.string({ description: "Its body." }),
  }),
});

builder.queryFields((t) => ({
  webhookDelivery: t.field({
    type: WebhookDelivery,
    nullable: true,
    description: "A request to a webhook by its id; null where it is not kept, or not any more.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, { id }, ctx) => findDelivery(ctx, id),
  }),
  previewWebhook: t.field({
    type: WebhookPreviewResult,
    description: "What a template would make of a request. Nothing is stored.",
    args: {
      template: t.arg.string({ required: true, description: "The template, saved or not." }),
      request: t.arg({ type: WebhookRequestInput, required: true, description: "The request." }),
      webhookId: t.arg.id({
        description:
          "The webhook that it is tried out for: whose name its events have, and whose rules hold.",
      }),
    },
    resolve: (_root, args, ctx) => previewWebhook(ctx, args),
  }),
}));

builder.mutationFields((t) => ({
  replayWebhookDelivery: t.field({
    type: WebhookReplayResult,
    description:
      "Take a request again as it is kept, by the webhook's present template. What made its event known then does so now: an event that is in the log is not stored twice.",
    args: { id: t.arg.id({ required: true, description: "The delivery." }) },
    resolve: async (_root, { id }, ctx) => {
      const delivery = await findDelivery(ctx, await replayDelivery(ctx, id));
      if (delivery === null) throw new Error("a delivery that was stored just now is there");
      return delivery;
    },
  }),
}));
