import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { isJsonObject, type Json } from "../../core/json.ts";
import type { WebhookRequest } from "../../core/webhook/request.ts";
import type { Context } from "../context.ts";
import { templateIssues } from "./check-webhook.ts";
import { type RenderedRequest, type RenderingWebhook, renderRequest } from "./render.ts";
import { keptHeaders } from "./shown-headers.ts";

/** A request as somebody imagines it. */
export interface RequestArgs {
  method?: string | null | undefined;
  headers?: Json | undefined;
  query?: string | null | undefined;
  body?: string | null | undefined;
}

export interface PreviewArgs {
  template: string;
  request: RequestArgs;
  webhookId?: string | null | undefined;
}

/** In the place of a webhook that there is not yet. */
const unknown = { id: "00000000-0000-0000-0000-000000000000", name: "preview" };

/**
 * What a template makes of a request. Nothing is stored.
 *
 * @throws InvalidInputError where the template could not be saved
 */
export async function previewWebhook(ctx: Context, args: PreviewArgs): Promise<RenderedRequest> {
  const webhook: RenderingWebhook = (await find(ctx, args)) ?? {
    ...unknown,
    template: args.template,
    auth: { type: "none" },
    allowReserved: false,
  };
  const issues = await templateIssues(ctx, args.template, webhook.allowReserved);
  if (issues.length > 0)
    throw new InvalidInputError(
      issues.map(({ path, message }) => ({ path: ["template", ...path], message })),
    );
  return renderRequest(ctx, webhook, requestOf(args.request, webhook), ctx.now());
}

async function find(ctx: Context, { webhookId, template }: PreviewArgs): Promise<RenderingWebhook | null> {
  if (webhookId == null || !isId(webhookId)) return null;
  const row = await ctx.prisma.webhook.findUnique({ where: { id: webhookId } });
  if (row === null) return null;
  const { id, name, allowReserved } = row;
  return { id, name, allowReserved, template, auth: row.auth as unknown as RenderingWebhook["auth"] }; // as it is stored
}

function requestOf(
  { method, headers, query, body }: RequestArgs,
  { auth }: RenderingWebhook,
): WebhookRequest {
  const given = isJsonObject(headers) ? headers : {};
  const named = Object.entries(given).map(([name, value]) => [
    name.toLowerCase(),
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return {
    method: (method ?? "POST").toUpperCase(),
    headers: keptHeaders(Object.fromEntries(named), auth),
    query: (query ?? "").replace(/^\?/, ""),
    body: Buffer.from(body ?? ""),
  };
}
