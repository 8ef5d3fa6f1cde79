import type { FailedOutcome } from "../../core/action/action-event.ts";
import type { Action } from "../../core/automation/action.ts";
import type { Retry } from "../../core/automation/retry.ts";
import type { Labels } from "../../core/event/event.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { callWebhookAction } from "./call-webhook.ts";
import type { Occasion } from "./occasion.ts";
import { sendNotificationAction } from "./send-notification.ts";

/** A type of action whose effect is outside of this database: at least once, and each time under the same id. */
export interface OutsideKind<Kind extends Action = Action> {
  /** Seconds that an attempt may take; then it is broken off. */
  readonly budget: number;
  retry(action: Kind): Retry;
  /**
   * Makes what is sent, templates filled in. It is stored and sent with every attempt. Nothing is written here, and nothing sent.
   *
   * @returns a failure for what can never succeed
   */
  prepare(tx: Executor, ctx: Context, action: Kind, occasion: Occasion): Promise<Prepared | FailedOutcome>;
  /** Sends it. What it throws is a failure that another attempt follows. */
  perform(ctx: Context, sent: JsonObject, attempt: Attempt): Promise<OutsideOutcome>;
}

/** What is sent. */
export interface Prepared {
  /** The resources that the events of the action are related to. */
  readonly related: readonly Labels[];
  readonly sent: JsonObject;
}

export interface Attempt {
  /** The same for all attempts: the receiver can tell by it what it has had already. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborted when its time is over. */
  readonly signal: AbortSignal;
}

/** What came of an attempt; RETRY: another one may do better. */
export type OutsideOutcome =
  | { readonly status: "SUCCEEDED"; readonly result: JsonObject }
  | { readonly status: "FAILED"; readonly reason: string; readonly result: JsonObject }
  | {
      readonly status: "RETRY";
      readonly reason: string;
      readonly result: JsonObject;
      /** Seconds that the receiver asked to wait; null where it did not. */
      readonly retryAfter: number | null;
    };

/** The types of actions whose effects are outside, by their names. */
export type OutsideKinds = {
  readonly [Type in Action["type"]]?: OutsideKind<Extract<Action, { type: Type }>>;
};

export const outsideKinds: OutsideKinds = {
  "send-notification": sendNotificationAction,
  "call-webhook": callWebhookAction,
};
