import type { Webhook } from "../../core/block/webhook.ts";
import { type OpenedBlock, openBlock } from "../block/open-block.ts";
import type { Context } from "../context.ts";
import { type Outcome, refusedOutcome } from "./outcome.ts";
import { redactor } from "./redact.ts";
import { callOnce } from "./webhook.ts";

/** Calls a webhook block once. The outcome holds no secret. `id` is the same in every attempt. */
export async function callWebhook(
  ctx: Context,
  blockId: string,
  call: { payload: string; id: string; attempt: number; signal?: AbortSignal },
): Promise<Outcome> {
  const block = await openBlock(ctx, ctx.db, blockId);
  const problem = callerProblem(block, blockId);
  if (block === null || problem !== null || !block.document.ok) return refusedOutcome(problem ?? "");
  const { data, secrets } = block.document;
  return callOnce(ctx, data as Webhook, { ...call, redact: redactor(secrets) }); // the one type that calls
}

/** Why this block cannot call; null where it can. */
export function callerProblem(block: OpenedBlock | null, id: string): string | null {
  if (block === null) return `Unexpected status 404: no block ${JSON.stringify(id)}`;
  if (!block.type.capabilities.includes("call")) return "The referenced block was not a webhook block";
  return block.document.ok ? null : `The webhook block was invalid: ${block.document.reason}`;
}
