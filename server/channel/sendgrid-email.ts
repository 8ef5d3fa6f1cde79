import { readMailAddress } from "../../core/block/mail-address.ts";
import type { SendgridEmail } from "../../core/block/sendgrid-email.ts";
import { oneLine } from "../../core/notification/cut.ts";
import type { Channel } from "./channel.ts";
import { automatic, letterOf } from "./letter.ts";
import { postJson } from "./post-json.ts";

export const sendBySendgrid: Channel<SendgridEmail> = (ctx, block, message, sending) => {
  const { api_key, sender_email, to_emails } = block;
  const { subject, text, html } = letterOf({ ...message, subject: oneLine(message.subject) });
  // SendGrid refuses a letter that has an address twice.
  const to = new Map(to_emails.map(readMailAddress).map((each) => [each.email.toLowerCase(), each]));
  const json = {
    personalizations: [{ to: [...to.values()] }],
    from: readMailAddress(sender_email),
    subject,
    // An empty part would be refused.
    content: [
      { type: "text/plain", value: text || " " },
      { type: "text/html", value: html || " " },
    ],
    headers: automatic,
  };
  const authorization = `Bearer ${api_key}`;
  return postJson(ctx, "https://api.sendgrid.com/v3/mail/send", json, sending, { authorization });
};
