import { mask } from "../../core/block/secret-places.ts";
import { dialled, type TwilioSms } from "../../core/block/twilio-sms.ts";
import { textMessage } from "../../core/notification/text-message.ts";
import type { Channel } from "./channel.ts";
import { post } from "./post.ts";
import { sendToEach } from "./send-to-each.ts";

/** Characters of what Twilio sends as one message. */
const longest = 1_600;

export const sendByTwilio: Channel<TwilioSms> = (ctx, block, message, sending) => {
  const { account_sid, auth_token, from_phone_number, to_phone_numbers } = block;
  const credentials = Buffer.from(`${account_sid}:${auth_token}`).toString("base64");
  const redact = (text: string) => sending.redact(text.replaceAll(credentials, mask));
  const url = `https://api.twilio.com/2010-04-01/Accounts/${account_sid}/Messages.json`;
  const said = { From: dialled(from_phone_number), Body: textMessage(message, longest) };
  return sendToEach([...new Set(to_phone_numbers.map(dialled))], (To) => {
    const body = new URLSearchParams({ To, ...said }).toString();
    const form = {
      url,
      type: "application/x-www-form-urlencoded",
      body,
      authorization: `Basic ${credentials}`,
    };
    return post(ctx, form, { ...sending, redact });
  });
};
