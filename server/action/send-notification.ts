import { incidentKey } from "../../core/action/incident-key.ts";
import type { SendNotification } from "../../core/automation/action.ts";
import { outsideRetry } from "../../core/automation/retry.ts";
import { openBlock } from "../block/open-block.ts";
import { notifierProblem, sendNotification } from "../channel/send-notification.ts";
import { blockFailure, blockRelated, outsideOutcome, renderTexts, textOf } from "./block-effect.ts";
import type { OutsideKind } from "./outside.ts";

/** Sends a message (actions.md 1.5). */
export const sendNotificationAction: OutsideKind<SendNotification> = {
  budget: 30,
  retry: ({ retry }) => retry ?? outsideRetry,
  async prepare(tx, ctx, action, occasion) {
    const block = await openBlock(ctx, tx, action.blockId);
    const related = blockRelated(block);
    const problem = notifierProblem(block, action.blockId, action.channel);
    if (problem !== null) return blockFailure(block, problem);
    const texts = [action.subject, action.body, action.channel ?? ""];
    const rendered = await renderTexts(tx, ctx, texts, occasion, action.strict);
    if (!Array.isArray(rendered)) return { ...rendered, related };
    const [subject = "", body = "", channel = ""] = rendered;
    const { automationId, triggeringLabels, state } = occasion.run;
    const link = `${ctx.settings.publicUrl}/automations/${automationId}`;
    const incident = incidentKey(automationId, triggeringLabels);
    const resolved = state === "Resolved";
    return {
      related,
      sent: { block_id: action.blockId, channel: channel.trim(), subject, body, link, incident, resolved },
    };
  },
  async perform(ctx, sent, { key, signal }) {
    const message = { subject: textOf(sent.subject), body: textOf(sent.body), link: textOf(sent.link) };
    const channel = textOf(sent.channel) || undefined;
    const incident = { key: textOf(sent.incident) || key, resolved: sent.resolved === true };
    return outsideOutcome(
      await sendNotification(ctx, textOf(sent.block_id), { ...message, id: key, channel, incident, signal }),
      true,
    );
  },
};
