import type { Message } from "../../core/notification/message.ts";
import { type OpenedBlock, openBlock } from "../block/open-block.ts";
import type { Context } from "../context.ts";
import type { Incident, Sending } from "./channel.ts";
import { channelOf } from "./channels.ts";
import { type Outcome, refusedOutcome } from "./outcome.ts";
import { redactor } from "./redact.ts";

export interface Notification extends Message {
  /** The same in every attempt. */
  readonly id: string;
  /** Which of the block's many channels; the block's own where it is left out. */
  readonly channel?: string | undefined;
  /** One of its own where it is left out. */
  readonly incident?: Incident | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a message once. The outcome holds no secret. */
export async function sendNotification(
  ctx: Context,
  blockId: string,
  { id, channel, incident = { key: id, resolved: false }, signal, ...message }: Notification,
): Promise<Outcome> {
  const block = await openBlock(ctx, ctx.db, blockId);
  const problem = notifierProblem(block, blockId, channel);
  if (block === null || problem !== null || !block.document.ok) return refusedOutcome(problem ?? "");
  const { data, secrets } = block.document;
  const sending: Sending = { id, name: block.name, channel, incident, signal, redact: redactor(secrets) };
  const send = channelOf(block.type.slug);
  if (send === undefined) return refusedOutcome("The referenced block was not a notification block");
  return send(ctx, data as never, message, sending); // what the type's schema gave, for the type's channel
}

/** Why this block cannot send messages (actions.md 1.5), or none to this channel; null where it can. */
export function notifierProblem(
  block: OpenedBlock | null,
  id: string,
  channel: string | undefined,
): string | null {
  if (block === null) return `Unexpected status 404: no block ${JSON.stringify(id)}`;
  if (!block.type.capabilities.includes("notify")) return "The referenced block was not a notification block";
  if (channel !== undefined && block.type.manyChannels !== true)
    return `A block of type ${block.type.slug} has no channels to choose from; leave the action's channel out`;
  return block.document.ok ? null : `The notification block was invalid: ${block.document.reason}`;
}
