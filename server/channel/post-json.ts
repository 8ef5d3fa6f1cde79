import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Sending } from "./channel.ts";
import type { Outcome } from "./outcome.ts";
import { type Post, post } from "./post.ts";

/** Posts to a service that takes JSON. */
export function postJson(
  ctx: Context,
  url: string,
  json: JsonObject,
  sending: Sending,
  more: Pick<Post, "authorization" | "judge"> = {},
): Promise<Outcome> {
  const body = JSON.stringify(json);
  return post(ctx, { url, type: "application/json; charset=utf-8", body, ...more }, sending);
}
