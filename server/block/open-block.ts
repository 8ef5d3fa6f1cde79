import sql from "sql-template-tag";
import type { BlockType } from "../../core/block/block-type.ts";
import { blockType } from "../../core/block/block-types.ts";
import { checkDocument } from "../../core/block/check-document.ts";
import { secretTexts } from "../../core/block/secrets.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { SealedElsewhereError } from "../secret/secrets.ts";
import { openSecrets } from "./sealed-secrets.ts";

/** A block with its secrets, for whoever uses it; nothing of it is to be shown. */
export interface OpenedBlock {
  readonly id: string;
  readonly name: string;
  readonly type: BlockType;
  readonly document:
    | { readonly ok: true; readonly data: unknown; readonly secrets: readonly string[] }
    | { readonly ok: false; readonly reason: string };
}

/** Null where there is none, or none of a known type. */
export async function openBlock(ctx: Context, db: Executor, id: string): Promise<OpenedBlock | null> {
  if (!isId(id)) return null;
  const [row] = await db.query<{ name: string; type: string; data: JsonObject; secrets: string | null }>(
    sql`SELECT name, type, data, secrets FROM block WHERE id = ${id}::uuid`,
  );
  const type = row === undefined ? null : blockType(row.type);
  if (row === undefined || type === null) return null;
  return { id: id.toLowerCase(), name: row.name, type, document: documentOf(ctx, type, row) };
}

function documentOf(
  ctx: Context,
  type: BlockType,
  { name, data, secrets: sealed }: { name: string; data: JsonObject; secrets: string | null },
): OpenedBlock["document"] {
  try {
    const secrets = openSecrets(ctx, type.slug, name, sealed);
    const shown = isJsonObject(data) ? data : {};
    const checked = checkDocument(type, { ...shown, ...secrets });
    if (checked.ok) return { ok: true, data: checked.data, secrets: secretTexts(secrets) };
    return { ok: false, reason: checked.issues.map(inWords).join("; ") };
  } catch (error) {
    if (!(error instanceof SealedElsewhereError)) throw error;
    return { ok: false, reason: error.message };
  }
}

function inWords({ path, message }: Issue): string {
  return [path.join("."), message].filter((part) => part !== "").join(" ");
}
