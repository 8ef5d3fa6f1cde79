import type { PagerDutyWebhook } from "../../core/block/pager-duty-webhook.ts";
import { pagerDutyEvent } from "../../core/notification/pager-duty-event.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";

const hosts = { us: "https://events.pagerduty.com", eu: "https://events.eu.pagerduty.com" } as const;

/** Of an incident that is over, PagerDuty takes nothing but its key. */
export const sendToPagerDuty: Channel<PagerDutyWebhook> = (ctx, block, message, sending) => {
  const { integration_key, api_key, region_name } = block;
  const { key, resolved } = sending.incident;
  const json = {
    routing_key: integration_key,
    dedup_key: key,
    event_action: resolved ? "resolve" : "trigger",
    ...(!resolved && pagerDutyEvent(message, block)),
  };
  return postJson(ctx, `${hosts[region_name]}/v2/enqueue`, json, sending, {
    authorization: api_key === undefined ? undefined : `Token token=${api_key}`,
  });
};
