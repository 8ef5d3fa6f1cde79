import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { details, line, region, secretLine } from "./fields.ts";

const responders = (title: string, description: string) =>
  z.array(line(200)).max(50, { error: "must have at most 50" }).default([]).meta({ title, description });

export const opsgenieWebhook = {
  slug: "opsgenie-webhook",
  name: "Opsgenie",
  description: "Alerts of Opsgenie; what an automation tells on resolve closes them.",
  capabilities: ["notify"],
  schema: z.strictObject({
    apikey: secretLine({ title: "API key", description: "Of an API integration that may create alerts." }),
    target_user: responders("Users", "Their user names, or ids."),
    target_team: responders("Teams", "Their names, or ids."),
    target_schedule: responders("Schedules", "Their names, or ids."),
    target_escalation: responders("Escalations", "Their names, or ids."),
    region_name: region("Where the Opsgenie account is."),
    tags: z.array(line(50)).max(20, { error: "must have at most 20" }).default([]).meta({ title: "Tags" }),
    priority: z
      .int()
      .min(1, { error: "must be from 1 to 5" })
      .max(5, { error: "must be from 1 to 5" })
      .default(3)
      .meta({ title: "Priority", description: "As Opsgenie counts: P1 is critical, P5 informational." }),
    alias: line(512).optional().meta({
      title: "Alias",
      description:
        "What tells alerts apart; where it is left out, the automation and its for_each labels do.",
    }),
    entity: line(512).optional().meta({ title: "Entity", description: "What is affected." }),
    details: details("Shown with the alert."),
  }),
} satisfies BlockType;

export type OpsgenieWebhook = z.output<typeof opsgenieWebhook.schema>;
