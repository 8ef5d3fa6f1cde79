import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { secretUrl } from "./fields.ts";

export const slackWebhook = {
  slug: "slack-webhook",
  name: "Slack",
  description:
    "Messages to a Slack channel, by an incoming webhook; also to what takes the same, as Mattermost does.",
  capabilities: ["notify"],
  schema: z.strictObject({
    url: secretUrl({ title: "Webhook URL", description: "Such as https://hooks.slack.com/services/…" }),
  }),
} satisfies BlockType;

export type SlackWebhook = z.output<typeof slackWebhook.schema>;
