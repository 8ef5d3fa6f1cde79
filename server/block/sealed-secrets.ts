import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";

/** A block's secrets as they are stored; null for none. */
export function sealSecrets(
  ctx: Context,
  type: string,
  name: string,
  secrets: JsonObject | null,
): string | null {
  return secrets === null ? null : ctx.secrets.seal(JSON.stringify(secrets), placeOf(type, name));
}

/** What `sealSecrets` has sealed. @throws SealedElsewhereError */
export function openSecrets(ctx: Context, type: string, name: string, sealed: string | null): JsonObject {
  if (sealed === null) return {};
  const secrets: unknown = JSON.parse(ctx.secrets.open(sealed, placeOf(type, name)));
  return isJsonObject(secrets as JsonObject) ? (secrets as JsonObject) : {}; // what JSON.parse gives is JSON
}

function placeOf(type: string, name: string): string {
  return `block/${type}/${name}`;
}
