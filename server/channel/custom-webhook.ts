import type { CustomWebhook } from "../../core/block/custom-webhook.ts";
import { fillPlaceholders, fillText } from "../../core/block/placeholders.ts";
import { cut } from "../../core/notification/cut.ts";
import { type Channel, keyHeaders } from "./channel.ts";
import { outcomeOf, refusedOutcome } from "./outcome.ts";

/** Characters of a body. */
const longestBody = 100_000;

export const sendCustom: Channel<CustomWebhook> = async (ctx, data, message, sending) => {
  const told: Readonly<Record<string, string>> = {
    subject: message.subject,
    body: cut(message.body, longestBody, message.link),
    name: data.name ?? sending.name,
  };
  const value = (name: string) => told[name] ?? data.secrets[name] ?? "";
  const address = fillText(data.url, (name) =>
    name in told ? encodeURIComponent(value(name)) : value(name),
  );
  if (!URL.canParse(address)) return refusedOutcome("the address, filled in, is no URL");
  const url = new URL(address);
  for (const [name, text] of Object.entries(data.params))
    url.searchParams.append(fillText(name, value), fillText(text, value));
  const content = contentOf(data, value);
  const result = await ctx.outgoing.send({
    url: url.href,
    method: data.method,
    headers: { ...(content && { "content-type": content.type }), ...keyHeaders(sending.id) },
    ownHeaders: ownHeaders(data, value),
    body: content?.body ?? null,
    timeout: data.timeout * 1000,
    ...(sending.signal && { signal: sending.signal }),
  });
  return outcomeOf(`${data.method} ${url.origin}`, result, { now: ctx.now(), redact: sending.redact });
};

function contentOf(
  { json_data, form_data }: CustomWebhook,
  value: (name: string) => string,
): { type: string; body: string } | null {
  if (json_data != null)
    return { type: "application/json", body: JSON.stringify(fillPlaceholders(json_data, value)) };
  const fields = Object.entries(form_data);
  if (fields.length === 0) return null;
  const form = new URLSearchParams(
    fields.map(([name, text]) => [fillText(name, value), fillText(text, value)]),
  );
  return { type: "application/x-www-form-urlencoded", body: form.toString() };
}

function ownHeaders(data: CustomWebhook, value: (name: string) => string): Record<string, string> {
  const headers = Object.entries(data.headers).map(([name, text]) => [
    name,
    headerValue(fillText(text, value)),
  ]);
  const cookies = Object.entries(data.cookies).map(
    ([name, text]) => `${name}=${encodeURIComponent(fillText(text, value))}`,
  );
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { cookie: cookies.join("; ") }) };
}

/** One line, in the bytes of UTF-8: what came into it from a message must not begin another header. */
function headerValue(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const oneLine = text.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim();
  return Buffer.from(oneLine, "utf8").toString("latin1");
}
