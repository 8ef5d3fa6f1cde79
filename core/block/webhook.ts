import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { flag, secretHeaders, secretLine, secretUrl, timeout } from "./fields.ts";
import { isSigningSecret } from "./signing-secret.ts";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const signingSecret = (title: string, description: string) =>
  secretLine({ title, description })
    .refine(isSigningSecret, { error: "must be whsec_ and 24 to 64 bytes in base64" })
    .optional();

export const webhook = {
  slug: "webhook",
  name: "Webhook",
  description: "Calls of another system over HTTP, signed in the form of Standard Webhooks.",
  capabilities: ["call"],
  schema: z.strictObject({
    url: secretUrl({ title: "URL", description: "What is called." }),
    method: z.enum(methods).default("POST").meta({ title: "Method" }),
    headers: secretHeaders({ title: "Headers", description: "Sent with every call." }),
    signing_secret: signingSecret(
      "Signing secret",
      "whsec_ and base64; calls are signed where there is one.",
    ),
    previous_signing_secret: signingSecret(
      "Previous signing secret",
      "While the secret is changed: calls are signed with both, until receivers know the new one.",
    ),
    allow_body: flag(false, {
      title: "Body of GET and DELETE",
      description: "Whether these methods carry the payload too; they carry none otherwise.",
    }),
    follow_redirects: flag(false, {
      title: "Follow redirects",
      description: "Up to five; each is checked as the URL is, and headers go to the URL's own origin only.",
    }),
    timeout: timeout(),
    verify: flag(true, { title: "Verify", description: "Whether the server's certificate must be good." }),
  }),
} satisfies BlockType;

export type Webhook = z.output<typeof webhook.schema>;
