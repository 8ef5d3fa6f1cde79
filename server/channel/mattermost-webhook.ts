import type { MattermostWebhook } from "../../core/block/mattermost-webhook.ts";
import { textMessage } from "../../core/notification/text-message.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";
import { sendToEach } from "./send-to-each.ts";

/** Characters of a post. */
const longest = 16_383;

export const sendToMattermost: Channel<MattermostWebhook> = (ctx, block, message, sending) => {
  const { botname, channels } = block;
  const text = textMessage(message, longest, (title) => `**${title}**`);
  const json = { text, ...(botname !== undefined && { username: botname }) };
  const named = sending.channel === undefined ? channels : [sending.channel];
  const url = addressOf(block);
  if (named.length === 0) return postJson(ctx, url, json, sending);
  return sendToEach(named, (channel) =>
    postJson(ctx, url, { ...json, channel: channel.replace(/^#/, "") }, sending),
  );
};

function addressOf({ hostname, port, path = "", secure, token }: MattermostWebhook): string {
  const folders = path.split("/").filter((folder) => folder !== "");
  const there = [...folders, "hooks", encodeURIComponent(token)].join("/");
  return new URL(`${secure ? "https" : "http"}://${hostname}:${port}/${there}`).href;
}
