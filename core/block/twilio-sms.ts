import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { line, secretLine } from "./fields.ts";

const phoneNumber = /^\+?(?:[\s().-]*\d){7,15}[\s().-]*$/;

export const twilioSms = {
  slug: "twilio-sms",
  name: "Twilio SMS",
  description: "Short messages to phones, by Twilio.",
  capabilities: ["notify"],
  schema: z.strictObject({
    account_sid: line()
      .regex(/^AC[0-9a-f]{32}$/i, { error: "must be AC and 32 hexadecimal digits" })
      .meta({ title: "Account SID", description: "Such as ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX." }),
    auth_token: secretLine({ title: "Auth token", description: "Of the account." }),
    from_phone_number: line()
      .refine((text) => phoneNumber.test(text) || /^[A-Za-z0-9 ]{1,11}$/.test(text), {
        error:
          "must be a phone number with its country, such as +18001234567, a short code, or a sender's name",
      })
      .meta({ title: "From", description: "A number, short code or sender's name of the account." }),
    to_phone_numbers: z
      .array(
        line().regex(phoneNumber, { error: "must be a phone number with its country, such as +18001234567" }),
      )
      .min(1, { error: "must have a phone number" })
      .max(20, { error: "must have at most 20" })
      .meta({ title: "To", description: "Phone numbers with their country, such as +18001234567." }),
  }),
} satisfies BlockType;

export type TwilioSms = z.output<typeof twilioSms.schema>;

/** A phone number as networks know it: `+` and digits; what is none, such as a sender's name, as it is. */
export function dialled(text: string): string {
  return phoneNumber.test(text) ? `+${text.replaceAll(/\D/g, "")}` : text;
}
