import sql from "sql-template-tag";
import type { BlockType } from "../../core/block/block-type.ts";
import { blockType } from "../../core/block/block-types.ts";
import { checkDocument } from "../../core/block/check-document.ts";
import { secretTexts } from "../../core/block/secrets.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { isPlainObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { SealedElsewhereError } from "../secret/secrets.ts";
import { living } from "./living.ts";
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

/** A block as it is stored. */
interface StoredBlock {
  readonly name: string;
  readonly type: string;
  readonly data: unknown;
  readonly secrets: string | null;
}

/** Null where there is none, or none of a known type. */
export async function openBlock(ctx: Context, db: Executor, id: string): Promise<OpenedBlock | null> {
  if (!isId(id)) return null;
  const [row] = await db.query<StoredBlock>(
    sql`SELECT name, type, data, secrets FROM block WHERE id = ${id}::uuid AND ${living}`,
  );
  const type = row === undefined ? null : blockType(row.type);
  if (row === undefined || type === null) return null;
  const read = readDocument(ctx, type, row);
  const document = read.ok ? read : { ok: false as const, reason: read.issues.map(inWords).join("; ") };
  return { id: id.toLowerCase(), name: row.name, type, document };
}

/** Everything that is wrong with a stored block now: its type may ask for more than it did when it was saved. */
export function documentIssues(ctx: Context, block: StoredBlock): Issue[] {
  const type = blockType(block.type);
  if (type === null)
    return [{ path: [], message: `there is no type of block ${JSON.stringify(block.type)} any more` }];
  const read = readDocument(ctx, type, block);
  return read.ok ? [] : read.issues;
}

type ReadDocument = { ok: true; data: unknown; secrets: readonly string[] } | { ok: false; issues: Issue[] };

function readDocument(
  ctx: Context,
  type: BlockType,
  { name, data, secrets: sealed }: StoredBlock,
): ReadDocument {
  try {
    const secrets = openSecrets(ctx, type.slug, name, sealed);
    const shown = isPlainObject(data) ? data : {};
    const checked = checkDocument(type, { ...shown, ...secrets });
    return checked.ok ? { ok: true, data: checked.data, secrets: secretTexts(secrets) } : checked;
  } catch (error) {
    if (!(error instanceof SealedElsewhereError)) throw error;
    return { ok: false, issues: [{ path: [], message: error.message }] };
  }
}

function inWords({ path, message }: Issue): string {
  return [path.join("."), message].filter((part) => part !== "").join(" ");
}
