import type { Context } from "../context.ts";

/** The secrets that a webhook shares with its senders, as they are stored. */
export function sealAuthSecrets(ctx: Context, id: string, secrets: readonly string[]): string {
  return ctx.secrets.seal(JSON.stringify(secrets), placeOf(id));
}

/** @throws SealedElsewhereError */
export function openAuthSecrets(ctx: Context, id: string, sealed: string | null): string[] {
  return sealed === null ? [] : (JSON.parse(ctx.secrets.open(sealed, placeOf(id))) as string[]); // as sealed above
}

function placeOf(id: string): string {
  return `webhook/${id}/auth`;
}
