import type { MsTeamsWebhook } from "../../core/block/ms-teams-webhook.ts";
import { teamsCard } from "../../core/notification/teams-card.ts";
import type { Channel } from "./channel.ts";
import { postJson } from "./post-json.ts";

export const sendToTeams: Channel<MsTeamsWebhook> = (ctx, { url, wrap, include_image }, message, sending) =>
  postJson(ctx, url, teamsCard(message, { wrap, includeImage: include_image }), sending);
