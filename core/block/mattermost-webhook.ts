import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { flag, line, port, secretLine } from "./fields.ts";

/** Of the host's name in a URL, which nothing else of it gets into. */
const isHost = (text: string) =>
  /^[^\s/?#@:\\]+$|^\[[0-9a-f:.]+\]$/i.test(text) && URL.canParse(`http://${text}:1`);

export const mattermostWebhook = {
  slug: "mattermost-webhook",
  name: "Mattermost",
  description: "Messages to a Mattermost server of your own, by an incoming webhook.",
  capabilities: ["notify"],
  manyChannels: true,
  schema: z.strictObject({
    hostname: line(253)
      .refine(isHost, { error: "must be the name of a host, without a scheme, port or path" })
      .meta({ title: "Host", description: "Such as mattermost.example.org" }),
    token: secretLine({ title: "Token", description: "What the webhook's address has behind /hooks/." }),
    botname: line(64).optional().meta({
      title: "Bot name",
      description: "Who the message is from; the webhook's where it is left out.",
    }),
    channels: z.array(line(200)).max(20, { error: "must have at most 20" }).default([]).meta({
      title: "Channels",
      description:
        "Such as town-square, or @ada; the webhook's own where there is none, and an action names none.",
    }),
    path: line(200)
      .regex(/^[^?#\\]*$/, { error: "must be a path, without ? and #" })
      .optional()
      .meta({ title: "Path", description: "What stands before /hooks/, where Mattermost is below a path." }),
    port: port().default(8065).meta({ title: "Port" }),
    secure: flag(false, {
      title: "TLS",
      description: "Whether it is called by HTTPS, as behind a proxy; Mattermost's own port is plain HTTP.",
    }),
  }),
} satisfies BlockType;

export type MattermostWebhook = z.output<typeof mattermostWebhook.schema>;
