import type { Message } from "../../core/notification/message.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "./outcome.ts";

/** What a message is about, for services that open something and close it again. */
export interface Incident {
  /** The same for all that is told of it, and for whatever else comes of the same automation and the same `for_each` labels. */
  readonly key: string;
  /** Whether it is over. */
  readonly resolved: boolean;
}

/** What a channel needs to know besides the message. */
export interface Sending {
  /** The same in every attempt, so that receivers know what they have. */
  readonly id: string;
  /** The block's name. */
  readonly name: string;
  /** Which of the block's many channels; the block's own where it is left out. */
  readonly channel?: string | undefined;
  readonly incident: Incident;
  readonly signal?: AbortSignal | undefined;
  /** Takes the block's secrets out of a text. */
  readonly redact: (text: string) => string;
}

/** How the messages of one type of block are sent. Its outcome may still hold secrets of the block. */
export type Channel<Data> = (
  ctx: Context,
  data: Data,
  message: Message,
  sending: Sending,
) => Promise<Outcome>;

/** What makes every attempt recognizable. */
export function keyHeaders(id: string): Record<string, string> {
  return { "idempotency-key": id, "webhook-id": id };
}
