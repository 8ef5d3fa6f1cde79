import type { CallWebhook } from "../../core/automation/action.ts";
import { outsideRetry } from "../../core/automation/retry.ts";
import { openBlock } from "../block/open-block.ts";
import { callerProblem, callWebhook } from "../channel/call-webhook.ts";
import { blockFailure, blockRelated, outsideOutcome, renderTexts, textOf } from "./block-effect.ts";
import type { OutsideKind } from "./outside.ts";

/** Calls another system (actions.md 1.6). */
export const callWebhookAction: OutsideKind<CallWebhook> = {
  // A block may give it a minute.
  budget: 65,
  retry: ({ retry }) => retry ?? outsideRetry,
  async prepare(tx, ctx, action, occasion) {
    const block = await openBlock(ctx, tx, action.blockId);
    const related = blockRelated(block);
    const problem = callerProblem(block, action.blockId);
    if (problem !== null) return blockFailure(block, problem);
    const rendered = await renderTexts(tx, ctx, [action.payload], occasion, action.strict);
    if (!Array.isArray(rendered)) return { ...rendered, related };
    return { related, sent: { block_id: action.blockId, payload: rendered[0] ?? "" } };
  },
  async perform(ctx, sent, { key, attempt, signal }) {
    const call = { payload: textOf(sent.payload), id: key, attempt, signal };
    return outsideOutcome(await callWebhook(ctx, textOf(sent.block_id), call), false);
  },
};
