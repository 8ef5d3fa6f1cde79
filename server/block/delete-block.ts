import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { living } from "./living.ts";

/**
 * Deletes a block.
 *
 * @param force also where automations use it; their actions fail from then on
 * @returns the ids deleted: none where there was none
 * @throws InvalidInputError where automations use it, naming them
 */
export async function deleteBlock(
  ctx: Context,
  { id, force }: { id: string; force?: boolean | null | undefined },
): Promise<string[]> {
  if (!isId(id)) return [];
  return ctx.db.transaction(async (tx) => {
    const deleted = await tx.query<{ id: string }>(
      sql`DELETE FROM block WHERE id = ${id}::uuid AND ${living} RETURNING id`,
    );
    if (deleted.length > 0 && !force) await refuseIfUsed(tx, id);
    return deleted.map((row) => row.id);
  });
}

async function refuseIfUsed(tx: Executor, id: string): Promise<void> {
  const users = await tx.query<{ id: string; name: string }>(sql`
    SELECT id, name FROM automation
    WHERE deleted_at IS NULL AND related_resources @> ARRAY[${`prefect.block-document.${id.toLowerCase()}`}]
    ORDER BY name LIMIT 100`);
  if (users.length === 0) return;
  const names = users.map((user) => `${JSON.stringify(user.name)} (${user.id})`).join(", ");
  const message = `the block is used by automations: ${names}; change them first, or delete it with force`;
  throw InvalidInputError.of(message);
}
