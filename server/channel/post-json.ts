import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { keyHeaders, type Sending } from "./channel.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** Posts to a webhook that takes JSON. */
export async function postJson(
  ctx: Context,
  url: string,
  json: JsonObject,
  sending: Sending,
): Promise<Outcome> {
  const { id, signal } = sending;
  const headers = { "content-type": "application/json; charset=utf-8", ...keyHeaders(id) };
  const body = JSON.stringify(json);
  const result = await ctx.outgoing.send({ url, method: "POST", headers, body, ...(signal && { signal }) });
  return outcomeOf(`POST ${new URL(url).origin}`, result, { now: ctx.now(), redact: sending.redact });
}
