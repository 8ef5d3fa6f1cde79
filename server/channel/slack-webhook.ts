import type { SlackWebhook } from "../../core/block/slack-webhook.ts";
import { slackMessage } from "../../core/notification/slack-message.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";

export const sendToSlack: Channel<SlackWebhook> = (ctx, { url }, message, sending) =>
  postJson(ctx, url, slackMessage(message), sending);
