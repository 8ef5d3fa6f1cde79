import type { DiscordWebhook } from "../../core/block/discord-webhook.ts";
import { discordMessage } from "../../core/notification/discord-message.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";

export const sendToDiscord: Channel<DiscordWebhook> = (ctx, block, message, sending) => {
  const { webhook_id, webhook_token, botname, avatar_url, tts } = block;
  const path = [webhook_id, webhook_token].map(encodeURIComponent).join("/");
  const json = {
    ...discordMessage(message),
    ...(botname !== undefined && { username: botname }),
    ...(avatar_url !== undefined && { avatar_url }),
    ...(tts && { tts }),
  };
  // Without `wait` the answer would not say whether the message was stored.
  return postJson(ctx, `https://discord.com/api/webhooks/${path}?wait=true`, json, sending);
};
