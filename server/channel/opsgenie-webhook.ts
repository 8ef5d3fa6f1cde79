import type { OpsgenieWebhook } from "../../core/block/opsgenie-webhook.ts";
import { opsgenieAlert, opsgenieNote } from "../../core/notification/opsgenie-alert.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";

const hosts = { us: "https://api.opsgenie.com", eu: "https://api.eu.opsgenie.com" } as const;

export const sendToOpsgenie: Channel<OpsgenieWebhook> = (ctx, block, message, sending) => {
  const { key, resolved } = sending.incident;
  const alias = block.alias ?? key;
  const alerts = `${hosts[block.region_name]}/v2/alerts`;
  const more = { authorization: `GenieKey ${block.apikey}` };
  if (!resolved) return postJson(ctx, alerts, { alias, ...opsgenieAlert(message, block) }, sending, more);
  const close = `${alerts}/${encodeURIComponent(alias)}/close?identifierType=alias`;
  return postJson(ctx, close, opsgenieNote(message), sending, more);
};
