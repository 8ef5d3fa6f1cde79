import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { secretLine } from "./fields.ts";
import { mailAddress, mailAddresses } from "./mail-address.ts";

export const sendgridEmail = {
  slug: "sendgrid-email",
  name: "SendGrid",
  description: "Letters by SendGrid.",
  capabilities: ["notify"],
  schema: z.strictObject({
    api_key: secretLine({ title: "API key", description: "One that may send mail; such as SG.…" }),
    sender_email: mailAddress().meta({ title: "From", description: "A sender that SendGrid has verified." }),
    to_emails: mailAddresses().min(1, { error: "must have an address" }).meta({ title: "To" }),
  }),
} satisfies BlockType;

export type SendgridEmail = z.output<typeof sendgridEmail.schema>;
