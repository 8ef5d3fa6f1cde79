import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { flag, line, secretLine, webUrl } from "./fields.ts";

export const discordWebhook = {
  slug: "discord-webhook",
  name: "Discord",
  description: "Messages to a Discord channel, by a webhook of it.",
  capabilities: ["notify"],
  schema: z.strictObject({
    webhook_id: secretLine({
      title: "Webhook ID",
      description: "The number in https://discord.com/api/webhooks/ID/TOKEN.",
    }),
    webhook_token: secretLine({ title: "Webhook token", description: "What follows it there." }),
    botname: line(80).optional().meta({
      title: "Bot name",
      description: "Who the message is from; the webhook's name where it is left out.",
    }),
    avatar_url: webUrl()
      .optional()
      .meta({ title: "Avatar URL", description: "The bot's picture; the webhook's where it is left out." }),
    tts: flag(false, { title: "Text to speech", description: "Whether the subject is read aloud." }),
  }),
} satisfies BlockType;

export type DiscordWebhook = z.output<typeof discordWebhook.schema>;
