import { InvalidInputError, type Issue } from "../../core/error.ts";
import { textProblem } from "../../core/json.ts";
import { nameProblem } from "../../core/name.ts";
import { placeOf } from "../../core/template/template-error.ts";
import type { WebhookAuth } from "../../core/webhook/auth.ts";
import { shapeIssues } from "../../core/webhook/check-template.ts";
import { templateTexts } from "../../core/webhook/fill-template.ts";
import { isWebhookMethod, webhookMethods } from "../../core/webhook/method.ts";
import { readTemplate } from "../../core/webhook/template.ts";
import type { Context } from "../context.ts";
import { type AuthArgs, type CheckedAuth, checkAuth } from "./check-auth.ts";

/** A webhook as somebody says it. What is left out is as it was, or has its default. */
export interface WebhookArgs {
  name: string;
  template: string;
  description?: string | null | undefined;
  enabled?: boolean | null | undefined;
  allowedMethods?: readonly string[] | null | undefined;
  auth?: AuthArgs | null | undefined;
  allowReserved?: boolean | null | undefined;
  rateLimit?: number | null | undefined;
}

/** What can be stored. */
export interface CheckedWebhook extends CheckedAuth {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly template: string;
  readonly allowedMethods: readonly string[];
  readonly allowReserved: boolean;
  readonly rateLimit: number | null;
}

/** What a webhook is so far, for what is left out. */
export interface WebhookBefore {
  readonly description: string;
  readonly enabled: boolean;
  readonly allowedMethods: readonly string[];
  readonly auth: WebhookAuth;
  readonly allowReserved: boolean;
  readonly rateLimit: number | null;
}

const root = "webhook";
const longestDescription = 10_000;
const highestRate = 100_000;

/**
 * @param before null with a new one
 * @param ofTemplate what is wrong with the template, as `templateIssues` says
 * @throws InvalidInputError with every problem
 */
export function checkWebhook(
  { settings }: Context,
  args: WebhookArgs,
  before: WebhookBefore | null,
  ofTemplate: readonly Issue[],
): CheckedWebhook {
  const issues: Issue[] = [];
  const refuse = (path: string[], message: string) => issues.push({ path: [root, ...path], message });
  const description = args.description ?? before?.description ?? "";
  const allowReserved = args.allowReserved ?? before?.allowReserved ?? false;
  const rateLimit = args.rateLimit === undefined ? (before?.rateLimit ?? null) : args.rateLimit;
  const ofName = nameProblem(args.name);
  if (ofName !== null) refuse(["name"], ofName);
  const ofDescription = descriptionProblem(description);
  if (ofDescription !== null) refuse(["description"], ofDescription);
  if (rateLimit !== null && !(rateLimit > 0 && rateLimit <= highestRate))
    refuse(
      ["rateLimit"],
      `must be more than 0 and at most ${highestRate} requests a second; it is ${rateLimit}`,
    );
  const allowedMethods = methodsOf(args.allowedMethods ?? before?.allowedMethods ?? [], refuse);
  for (const { path, message } of ofTemplate) refuse(["template", ...path], message);
  const checked =
    args.auth == null
      ? {
          auth: before?.auth ?? ({ type: "none" } as const),
          secrets: before === null ? [] : null,
          token: null,
        }
      : checkAuth(args.auth, before?.auth ?? null, [root, "auth"], issues);
  if (settings.webhooks.requireAuth && checked.auth.type === "none")
    refuse(
      ["auth"],
      "is required on this server (ANTIPHON_WEBHOOK_REQUIRE_AUTH): say how requests prove themselves",
    );
  if (issues.length > 0) throw new InvalidInputError(issues);
  const enabled = args.enabled ?? before?.enabled ?? true;
  const { name, template } = args;
  return { name, description, enabled, template, allowedMethods, allowReserved, rateLimit, ...checked };
}

/** What is wrong with a template: its shape, and the texts in it, each at its place (actions.md 3.1). */
export async function templateIssues(
  ctx: Context,
  source: string,
  allowReserved: boolean | null | undefined,
): Promise<Issue[]> {
  const problem = textProblem(source);
  if (problem !== null) return [{ path: [], message: problem }];
  const issues = shapeIssues(source, allowReserved ?? false);
  if (issues.length > 0) return issues;
  const template = readTemplate(source);
  const texts =
    template.mode === "text" ? [{ path: [], source: template.source }] : templateTexts(template.value);
  const checked = await ctx.templates.check(texts.map((text) => text.source));
  return texts.flatMap(({ path }, at) =>
    (checked[at] ?? []).map((found) => ({
      path: [...path],
      message: `is no template that can be rendered: ${found.message}${placeOf(found)}`,
    })),
  );
}

type Refuse = (path: string[], message: string) => void;

function descriptionProblem(text: string): string | null {
  if (text.length <= longestDescription) return textProblem(text);
  return `must have at most ${longestDescription} characters; it has ${text.length}`;
}

function methodsOf(given: readonly string[], refuse: Refuse): string[] {
  const methods = given.map((method) => method.toUpperCase());
  for (const method of methods)
    if (!isWebhookMethod(method))
      refuse(
        ["allowedMethods"],
        `${JSON.stringify(method.slice(0, 40))} is none of ${webhookMethods.join(", ")}`,
      );
  return webhookMethods.filter((method) => methods.includes(method));
}
