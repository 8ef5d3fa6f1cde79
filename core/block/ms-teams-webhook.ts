import { z } from "zod";
import type { BlockType } from "./block-type.ts";
import { flag, secretUrl } from "./fields.ts";

export const msTeamsWebhook = {
  slug: "ms-teams-webhook",
  name: "Microsoft Teams",
  description: "Messages to a Microsoft Teams channel, by a workflow that posts what a webhook receives.",
  capabilities: ["notify"],
  schema: z.strictObject({
    url: secretUrl({ title: "Workflow URL", description: "The address that the workflow shows." }),
    wrap: flag(true, {
      title: "Wrap",
      description: "Whether long text is wrapped or cut at the card's edge.",
    }),
    include_image: flag(true, {
      title: "Image",
      description: "Whether the card begins with a picture of a bell.",
    }),
  }),
} satisfies BlockType;

export type MsTeamsWebhook = z.output<typeof msTeamsWebhook.schema>;
