import type { PagerDutyWebhook } from "../block/pager-duty-webhook.ts";
import type { JsonObject } from "../json.ts";
import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";
import { bytesInJson, codeUnits } from "./sizes.ts";

/** PagerDuty's limit, in characters. */
const longestSummary = 1_024;
/** Bytes of a body in JSON; a whole event may have 512 KB, and the rest of it is small. */
const largestBody = 256_000;

const severities = { info: "info", success: "info", warning: "warning", failure: "critical" } as const;

/** The message as an event that opens an incident, or adds to the one that is open under this key. */
export function pagerDutyEvent({ subject, body, link }: Message, block: PagerDutyWebhook): JsonObject {
  const title = oneLine(subject);
  const { source, component, group, class_id, clickable_url, custom_details, notify_type } = block;
  const links: JsonObject[] = [
    ...(clickable_url === undefined ? [] : [{ href: clickable_url }]),
    ...(link === null ? [] : [{ href: link, text: "Automation" }]),
  ];
  return {
    client: "Antiphon",
    ...(link !== null && { client_url: link }),
    links,
    payload: {
      summary: cut(title === "" ? oneLine(body) : title, longestSummary, null, codeUnits),
      severity: severities[notify_type],
      source,
      component,
      ...(group !== undefined && { group }),
      ...(class_id !== undefined && { class: class_id }),
      custom_details: { message: cut(body, largestBody, link, bytesInJson), ...custom_details },
    },
  };
}
