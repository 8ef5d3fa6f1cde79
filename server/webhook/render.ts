import type { Issue } from "../../core/error.ts";
import type { ParsedEvent } from "../../core/event/parse-event.ts";
import { sizeIssue } from "../../core/event/parse-event.ts";
import type { Json } from "../../core/json.ts";
import { TemplateError } from "../../core/template/template-error.ts";
import { HeaderMap, type TemplateContext } from "../../core/template/value.ts";
import type { WebhookAuth } from "../../core/webhook/auth.ts";
import { completeEvents } from "../../core/webhook/complete-events.ts";
import { defaultPayload } from "../../core/webhook/default-payload.ts";
import type { DeliveryFailure } from "../../core/webhook/delivery-event.ts";
import { fillTemplate, type TemplateText, templateTexts } from "../../core/webhook/fill-template.ts";
import { readResult } from "../../core/webhook/read-result.ts";
import type { WebhookRequest } from "../../core/webhook/request.ts";
import { requestKey } from "../../core/webhook/request-key.ts";
import { readTemplate, type WebhookTemplate } from "../../core/webhook/template.ts";
import type { Context } from "../context.ts";
import { Recent } from "../recent.ts";
import type { Templates } from "../template/templates.ts";
import { readFields } from "./fields.ts";
import { type ReadBody, readBody } from "./read-body.ts";
import { UnreadableBodyError } from "./unreadable-body.ts";

/** Whose template makes what of a request. */
export interface RenderingWebhook {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly auth: WebhookAuth;
  readonly allowReserved: boolean;
}

/** What became of a request: events, or why there are none. */
export interface RenderedRequest {
  /** What the template made, as JSON; null where it did not come so far. */
  readonly rendered: string | null;
  readonly events: readonly ParsedEvent[];
  readonly failure: DeliveryFailure | null;
}

/** Makes events of a request by the webhook's template. What is wrong with either is answered, not thrown. */
export async function renderRequest(
  ctx: Context,
  webhook: RenderingWebhook,
  request: WebhookRequest,
  now: Date,
): Promise<RenderedRequest> {
  let read: ReadBody;
  try {
    read = await readBody(request);
  } catch (error) {
    if (error instanceof UnreadableBodyError) return failed(null, error.message);
    throw error;
  }
  let rendered: string;
  let result: Json;
  try {
    const made = await renderTemplate(ctx.templates, webhook.template, request, read);
    rendered = made.rendered;
    if (made.issues !== undefined) return failed(rendered, textOf(made.issues));
    result = made.result;
  } catch (error) {
    if (error instanceof TemplateError && error.isLost) throw new TooBusyError(error);
    if (error instanceof TemplateError || error instanceof PlacedTemplateError)
      return failed(null, error.message, error.line, error.column);
    if (error instanceof UnreadableBodyError) return failed(null, error.message);
    if (error instanceof NoJsonError) return failed(error.rendered, error.message);
    throw error;
  }
  const reading = readResult(result);
  if (!reading.ok) return failed(rendered, textOf(reading.issues));
  const completed = completeEvents(reading.events, {
    webhook,
    key: requestKey(request, read.body, webhook.auth),
    now,
    newId: ctx.newId,
    payload: () => defaultPayload(request, reading.events.length === 1 ? read.body : undefined),
  });
  if (!completed.ok) return failed(rendered, textOf(completed.issues));
  for (const event of completed.events) {
    const issue = sizeIssue(Buffer.byteLength(JSON.stringify(event)));
    if (issue !== null) return failed(rendered, `the event ${issue.message}`);
  }
  return { rendered, events: completed.events, failure: null };
}

function failed(
  rendered: string | null,
  message: string,
  line: number | null = null,
  column: number | null = null,
): RenderedRequest {
  return { rendered, events: [], failure: { message, line, column } };
}

function textOf(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) =>
      path.length === 0 ? `the event ${message}` : `${path.join(".")}: ${message}`,
    )
    .join("; ");
}

/** Nothing is known to be wrong with the request: its sender should try again. */
class TooBusyError extends Error {
  override readonly name = "TooBusyError";
  constructor(cause: TemplateError) {
    super("the template could not be rendered in time, twice", { cause });
  }
}

/** What a template of text mode made cannot be read. */
class NoJsonError extends Error {
  constructor(
    message: string,
    readonly rendered: string,
  ) {
    super(message);
  }
}

/** A template's error, with where in a structured template the text stands. */
class PlacedTemplateError extends Error {
  readonly line: number | null;
  readonly column: number | null;
  constructor(path: readonly string[], error: TemplateError) {
    super(`${path.join(".")}: ${error.message}`);
    this.line = error.line;
    this.column = error.column;
  }
}

/** A template that was read, for the next request. */
interface Prepared {
  readonly template: WebhookTemplate;
  readonly texts: readonly TemplateText[];
  readonly sources: readonly string[];
  readonly names: ReadonlySet<string>;
}

const prepared = new Recent<Promise<Prepared>>(200);

function prepare(templates: Templates, source: string): Promise<Prepared> {
  const known = prepared.get(source);
  if (known !== undefined) return known;
  const template = readTemplate(source);
  const texts = template.mode === "text" ? [{ path: [], source, key: false }] : templateTexts(template.value);
  const sources = texts.map((text) => text.source);
  const made = templates.names(sources).then((names) => ({ template, texts, sources, names }));
  prepared.set(source, made);
  made.catch(() => prepared.delete(source));
  return made;
}

type Made = { rendered: string; result: Json; issues?: undefined } | { rendered: string; issues: Issue[] };

async function renderTemplate(
  templates: Templates,
  source: string,
  request: WebhookRequest,
  read: ReadBody,
): Promise<Made> {
  const { template, texts, sources, names } = await prepare(templates, source);
  const context = contextOf(request, read, names);
  if (template.mode === "text") {
    const [rendered = ""] = await templates.renderText(sources, context);
    return { rendered, result: parsed(rendered) };
  }
  let made: string[];
  try {
    made = await templates.renderText(sources, context);
  } catch (error) {
    const at =
      error instanceof TemplateError && !error.isLost
        ? texts.find((text) => text.source === error.template)
        : undefined;
    throw error instanceof TemplateError && at !== undefined
      ? new PlacedTemplateError(at.path, error)
      : error;
  }
  const filled = fillTemplate(template.value, made);
  if (!filled.ok) return { rendered: made.join("\n"), issues: filled.issues };
  return { rendered: JSON.stringify(filled.value), result: filled.value };
}

/** What templates see of a request (actions.md 6.2): only what these read. */
function contextOf(request: WebhookRequest, read: ReadBody, names: ReadonlySet<string>): TemplateContext {
  const query = names.has("query") || names.has("query_lists") ? readFields(request.query) : null;
  const all: TemplateContext = {
    method: request.method,
    headers: names.has("headers") ? new HeaderMap(request.headers) : undefined,
    body: names.has("body") ? read.body : undefined,
    form_lists: names.has("form_lists") ? read.formLists : undefined,
    query: query?.last,
    query_lists: query?.all,
    now: new Date(),
  };
  return all;
}

function parsed(rendered: string): Json {
  try {
    return JSON.parse(rendered) as Json; // nothing else comes of it
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoJsonError(`what the template made is not JSON (${why})`, rendered);
  }
}
