import type { SlackToken } from "../../core/block/slack-token.ts";
import { isPlainObject } from "../../core/json.ts";
import { slackMessage } from "../../core/notification/slack-message.ts";
import type { Channel } from "./channel.ts";
import { refusedOutcome } from "./outcome.ts";
import { postJson } from "./post-json.ts";

/** What Slack says when it is Slack that failed. */
const temporary: readonly unknown[] = [
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
];

export const sendBySlackToken: Channel<SlackToken> = async (ctx, block, message, sending) => {
  const channel = sending.channel ?? block.channel;
  if (channel === undefined)
    return refusedOutcome("no channel: neither the block nor the action names one; set `channel` in either");
  const { token, thread_ts } = block;
  const json = { channel, ...(thread_ts !== undefined && { thread_ts }), ...slackMessage(message) };
  const authorization = `Bearer ${token}`;
  return postJson(ctx, "https://slack.com/api/chat.postMessage", json, sending, { authorization, judge });
};

/** Failures are answered with 200, too. An answer repeats the message, so that its end may be missing here. */
function judge(body: string): "done" | "refused" | "again" {
  if (/^\s*\{\s*"ok"\s*:\s*true\b/.test(body)) return "done";
  const { ok, error } = answerIn(body);
  if (ok === true) return "done";
  return temporary.includes(error) ? "again" : "refused";
}

function answerIn(body: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    return isPlainObject(answer) ? answer : {};
  } catch {
    return {};
  }
}
