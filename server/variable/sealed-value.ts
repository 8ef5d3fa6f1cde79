import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";

/** A secret variable's value as it is stored. */
export function sealValue(ctx: Context, id: string, value: Json): string {
  return ctx.secrets.seal(JSON.stringify(value), placeOf(id));
}

/** What `sealValue` has sealed. @throws SealedElsewhereError */
export function openValue(ctx: Context, id: string, sealed: string): Json {
  return JSON.parse(ctx.secrets.open(sealed, placeOf(id))) as Json; // nothing else was sealed
}

function placeOf(id: string): string {
  return `variable/${id}`;
}
