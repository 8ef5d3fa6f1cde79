import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { line, secretLine } from "./fields.ts";

export const slackToken = {
  slug: "slack-token",
  name: "Slack, by token",
  description: "Messages to any channel of a Slack workspace, by the token of an app that may write there.",
  capabilities: ["notify"],
  manyChannels: true,
  schema: z.strictObject({
    token: secretLine({ title: "Token", description: "Of a bot, with the scope chat:write; such as xoxb-…" }),
    channel: line(200).optional().meta({
      title: "Channel",
      description: "Such as #ops or C0123456789; where an action names none.",
    }),
    thread_ts: line(40)
      .regex(/^\d+\.\d+$/, { error: "must be the ts of a message, such as 1712345678.123456" })
      .optional()
      .meta({ title: "Thread", description: "The ts of the channel's message that is answered." }),
  }),
} satisfies BlockType;

export type SlackToken = z.output<typeof slackToken.schema>;
