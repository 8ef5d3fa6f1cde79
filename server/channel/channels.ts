import { customWebhook } from "../../core/block/custom-webhook.ts";
import { discordWebhook } from "../../core/block/discord-webhook.ts";
import { email } from "../../core/block/email.ts";
import { mattermostWebhook } from "../../core/block/mattermost-webhook.ts";
import { msTeamsWebhook } from "../../core/block/ms-teams-webhook.ts";
import { opsgenieWebhook } from "../../core/block/opsgenie-webhook.ts";
import { pagerDutyWebhook } from "../../core/block/pager-duty-webhook.ts";
import { sendgridEmail } from "../../core/block/sendgrid-email.ts";
import { slackToken } from "../../core/block/slack-token.ts";
import { slackWebhook } from "../../core/block/slack-webhook.ts";
import { twilioSms } from "../../core/block/twilio-sms.ts";
import type { Channel } from "./channel.ts";
import { sendCustom } from "./custom-webhook.ts";
import { sendToDiscord } from "./discord-webhook.ts";
import { sendEmail } from "./email.ts";
import { sendToMattermost } from "./mattermost-webhook.ts";
import { sendToTeams } from "./ms-teams-webhook.ts";
import { sendToOpsgenie } from "./opsgenie-webhook.ts";
import { sendToPagerDuty } from "./pager-duty-webhook.ts";
import { sendBySendgrid } from "./sendgrid-email.ts";
import { sendBySlackToken } from "./slack-token.ts";
import { sendToSlack } from "./slack-webhook.ts";
import { sendByTwilio } from "./twilio-sms.ts";

/** How a checked document of its type is used. */
const channels: ReadonlyMap<string, Channel<never>> = new Map<string, Channel<never>>([
  [slackWebhook.slug, sendToSlack],
  [slackToken.slug, sendBySlackToken],
  [msTeamsWebhook.slug, sendToTeams],
  [discordWebhook.slug, sendToDiscord],
  [mattermostWebhook.slug, sendToMattermost],
  [email.slug, sendEmail],
  [sendgridEmail.slug, sendBySendgrid],
  [twilioSms.slug, sendByTwilio],
  [pagerDutyWebhook.slug, sendToPagerDuty],
  [opsgenieWebhook.slug, sendToOpsgenie],
  [customWebhook.slug, sendCustom],
]);

/** How blocks of this type send; undefined where they do not. It is for the checked documents of the type alone. */
export function channelOf(slug: string): Channel<never> | undefined {
  return channels.get(slug);
}
