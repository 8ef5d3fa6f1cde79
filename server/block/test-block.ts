import { InvalidInputError, NotFoundError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json.ts";
import { callWebhook } from "../channel/call-webhook.ts";
import type { Outcome } from "../channel/outcome.ts";
import { sendNotification } from "../channel/send-notification.ts";
import type { Context } from "../context.ts";
import { openBlock } from "./open-block.ts";

/** What became of a test. Nothing in it is secret. */
export interface BlockTestResult {
  readonly ok: boolean;
  readonly reason: string | null;
  readonly log: readonly string[];
  readonly result: JsonObject;
}

/**
 * Sends one message, or makes one call, that says that it is a test.
 *
 * @throws NotFoundError
 * @throws InvalidInputError of a block that neither sends nor calls
 */
export async function testBlock(ctx: Context, { id }: { id: string }): Promise<BlockTestResult> {
  const block = await openBlock(ctx, ctx.db, id);
  if (block === null) throw new NotFoundError("block", id);
  const { capabilities, slug } = block.type;
  if (capabilities.includes("notify"))
    return told(
      await sendNotification(ctx, id, {
        id: ctx.newId(),
        subject: "Test notification",
        body: `This message tries out the block "${block.name}" of Antiphon. Nothing has happened.`,
        link: null,
      }),
    );
  if (capabilities.includes("call")) {
    const payload = JSON.stringify({
      type: "antiphon.test",
      block: block.name,
      timestamp: ctx.now().toISOString(),
    });
    return told(await callWebhook(ctx, id, { id: ctx.newId(), attempt: 1, payload }));
  }
  throw InvalidInputError.of(`a block of type ${slug} sends nothing that could be tried out`);
}

function told(outcome: Outcome): BlockTestResult {
  const { kind, log, details } = outcome;
  return { ok: kind === "done", reason: kind === "done" ? null : outcome.reason, log, result: details };
}
