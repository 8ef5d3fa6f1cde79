import type { Context } from "../context.ts";
import { keyHeaders, type Sending } from "./channel.ts";
import { type HowToJudge, type Outcome, outcomeOf } from "./outcome.ts";

export interface Post extends Pick<HowToJudge, "judge"> {
  readonly url: string;
  readonly type: string;
  readonly body: string;
  /** As the header has it. */
  readonly authorization?: string | undefined;
}

/** Posts to a service. What is told of it names the origin of its address alone. */
export async function post(
  ctx: Context,
  { url, type, body, authorization, judge }: Post,
  { id, signal, redact }: Sending,
): Promise<Outcome> {
  const result = await ctx.outgoing.send({
    url,
    method: "POST",
    headers: { "content-type": type, ...keyHeaders(id) },
    ...(authorization !== undefined && { ownHeaders: { authorization } }),
    body,
    ...(signal && { signal }),
  });
  return outcomeOf(`POST ${new URL(url).origin}`, result, { now: ctx.now(), redact, judge });
}
