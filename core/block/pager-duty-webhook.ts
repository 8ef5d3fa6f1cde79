import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { details, line, region, secretLine, webUrl } from "./fields.ts";

export const pagerDutyWebhook = {
  slug: "pager-duty-webhook",
  name: "PagerDuty",
  description: "Incidents of a PagerDuty service; what an automation tells on resolve resolves them.",
  capabilities: ["notify"],
  schema: z.strictObject({
    integration_key: secretLine({
      title: "Integration key",
      description: "Of an integration of the service by the Events API v2; also called routing key.",
    }),
    api_key: secretLine({
      title: "API key",
      description: "Sent along where it is given; the Events API does without.",
    }).optional(),
    notify_type: z
      .enum(["info", "success", "warning", "failure"])
      .default("info")
      .meta({ title: "Severity", description: "A success is information, and a failure critical." }),
    source: line(255).default("Antiphon").meta({ title: "Source", description: "What is affected." }),
    component: line(255).default("Notification").meta({ title: "Component", description: "The part of it." }),
    group: line(255).optional().meta({ title: "Group" }),
    class_id: line(255).optional().meta({ title: "Class", description: "The kind of event." }),
    region_name: region("Where the PagerDuty account is."),
    clickable_url: webUrl()
      .optional()
      .meta({ title: "Link", description: "Shown with the incident; the automation's page is, too." }),
    custom_details: details("Shown with the incident."),
  }),
} satisfies BlockType;

export type PagerDutyWebhook = z.output<typeof pagerDutyWebhook.schema>;
