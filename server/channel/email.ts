import { isIP } from "node:net";
import { createTransport, type SendMailOptions } from "nodemailer";
import type { Email } from "../../core/block/email.ts";
import type { Message } from "../../core/notification/message.ts";
import { checkHost } from "../outgoing/check-host.ts";
import type { Channel, Sending } from "./channel.ts";
import { automatic, letterOf } from "./letter.ts";
import { type Outcome, refusedOutcome } from "./outcome.ts";
import { smtpFailure } from "./smtp-failure.ts";

const usualPorts = { starttls: 587, tls: 465, none: 25 } as const;
/** Milliseconds for everything. */
const budget = 10_000;

/** Sends a letter of plain text and HTML; the server is connected at an address that was checked. */
export const sendEmail: Channel<Email> = async (ctx, block, message, sending) => {
  const subject = message.subject.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(subject))
    return refusedOutcome(
      "the subject holds a line break or control character, which a letter's header cannot",
    );
  const { host, security } = block;
  const port = block.port ?? usualPorts[security];
  const line = `SMTP ${host}:${port} (${security})`;
  const checked = await checkHost(host, ctx.outgoing.allowed, ctx.outgoing.resolve);
  if (checked.kind === "refused") return { ...refusedOutcome(checked.reason), log: [line, checked.reason] };
  if (checked.kind === "failed")
    return { kind: "again", reason: checked.reason, after: null, details: {}, log: [line, checked.reason] };
  const transport = createTransport({
    host: checked.addresses[0].address,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { rejectUnauthorized: block.verify, ...(isIP(host) === 0 && { servername: host }) },
    ...(block.username !== undefined && { auth: { user: block.username, pass: block.password ?? "" } }),
    connectionTimeout: budget,
    greetingTimeout: budget,
    socketTimeout: budget,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const stop = () => transport.close();
  const late = AbortSignal.timeout(budget);
  const signal = sending.signal ? AbortSignal.any([late, sending.signal]) : late;
  const given = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error(`no answer within ${budget / 1000} s`)), {
      once: true,
    }),
  );
  try {
    const sent = await Promise.race([
      transport.sendMail(letter(block, { ...message, subject }, sending, ctx.now())),
      given,
    ]);
    return delivered(line, sent);
  } catch (error) {
    return smtpFailure(line, error, sending.redact);
  } finally {
    stop();
  }
};

function letter(block: Email, message: Message, { id }: Sending, date: Date): SendMailOptions {
  const { subject, text, html } = letterOf(message);
  const domain = /@([^\s<>@]+)>?$/.exec(block.from)?.[1] ?? "antiphon.invalid";
  return {
    from: block.from,
    to: block.to,
    cc: block.cc,
    bcc: block.bcc,
    subject,
    text,
    html,
    date,
    // The same in every attempt: mail servers drop what they have already.
    messageId: `<${id}@${domain}>`,
    headers: automatic,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function delivered(
  line: string,
  sent: { accepted: unknown[]; rejected: unknown[]; response: string },
): Outcome {
  const rejected = sent.rejected.map(String);
  const log = [line, `accepted for ${sent.accepted.map(String).join(", ")}`, `answered ${sent.response}`];
  if (rejected.length > 0) log.push(`not accepted for ${rejected.join(", ")}`);
  return { kind: "done", details: { ...(rejected.length > 0 && { rejected }) }, log };
}
