import { customWebhook } from "../../core/block/custom-webhook.ts";
import { discordWebhook } from "../../core/block/discord-webhook.ts";
import { email } from "../../core/block/email.ts";
import { msTeamsWebhook } from "../../core/block/ms-teams-webhook.ts";
import { slackWebhook } from "../../core/block/slack-webhook.ts";
import type { Message } from "../../core/notification/message.ts";
import { type OpenedBlock, openBlock } from "../block/open-block.ts";
import type { Context } from "../context.ts";
import type { Channel, Incident, Sending } from "./channel.ts";
import { sendCustom } from "./custom-webhook.ts";
import { sendToDiscord } from "./discord-webhook.ts";
import { sendEmail } from "./email.ts";
import { sendToTeams } from "./ms-teams-webhook.ts";
import { type Outcome, refusedOutcome } from "./outcome.ts";
import { redactor } from "./redact.ts";
import { sendToSlack } from "./slack-webhook.ts";

/** How a checked document of its type is used. */
const channels: ReadonlyMap<string, Channel<never>> = new Map<string, Channel<never>>([
  [slackWebhook.slug, sendToSlack],
  [msTeamsWebhook.slug, sendToTeams],
  [discordWebhook.slug, sendToDiscord],
  [email.slug, sendEmail],
  [customWebhook.slug, sendCustom],
]);

export interface Notification extends Message {
  /** The same in every attempt. */
  readonly id: string;
  /** One of its own where it is left out. */
  readonly incident?: Incident | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a message once. The outcome holds no secret. */
export async function sendNotification(
  ctx: Context,
  blockId: string,
  { id, incident = { key: id, resolved: false }, signal, ...message }: Notification,
): Promise<Outcome> {
  const block = await openBlock(ctx, ctx.db, blockId);
  const problem = notifierProblem(block, blockId);
  if (block === null || problem !== null || !block.document.ok) return refusedOutcome(problem ?? "");
  const { data, secrets } = block.document;
  const sending: Sending = { id, name: block.name, incident, signal, redact: redactor(secrets) };
  const channel = channels.get(block.type.slug);
  if (channel === undefined) return refusedOutcome("The referenced block was not a notification block");
  return channel(ctx, data as never, message, sending); // what the type's schema gave, for the type's channel
}

/** Why this block cannot send messages (actions.md 1.5); null where it can. */
export function notifierProblem(block: OpenedBlock | null, id: string): string | null {
  if (block === null) return `Unexpected status 404: no block ${JSON.stringify(id)}`;
  if (!block.type.capabilities.includes("notify")) return "The referenced block was not a notification block";
  return block.document.ok ? null : `The notification block was invalid: ${block.document.reason}`;
}
