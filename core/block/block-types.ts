import type { BlockType } from "./block-type.ts";
import { customWebhook } from "./custom-webhook.ts";
import { discordWebhook } from "./discord-webhook.ts";
import { email } from "./email.ts";
import { jsonBlock } from "./json.ts";
import { mattermostWebhook } from "./mattermost-webhook.ts";
import { msTeamsWebhook } from "./ms-teams-webhook.ts";
import { opsgenieWebhook } from "./opsgenie-webhook.ts";
import { pagerDutyWebhook } from "./pager-duty-webhook.ts";
import { sendgridEmail } from "./sendgrid-email.ts";
import { slackToken } from "./slack-token.ts";
import { slackWebhook } from "./slack-webhook.ts";
import { twilioSms } from "./twilio-sms.ts";
import { webhook } from "./webhook.ts";

/** Every type of block, in the order in which they are offered. */
export const blockTypes: readonly BlockType[] = [
  slackWebhook,
  slackToken,
  msTeamsWebhook,
  discordWebhook,
  mattermostWebhook,
  email,
  sendgridEmail,
  twilioSms,
  pagerDutyWebhook,
  opsgenieWebhook,
  customWebhook,
  webhook,
  jsonBlock,
];

/** The type of this name; null where there is none. */
export function blockType(slug: string): BlockType | null {
  return blockTypes.find((type) => type.slug === slug) ?? null;
}
