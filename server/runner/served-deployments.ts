import sql from "sql-template-tag";
import type { Transaction } from "../db.ts";

/**
 * Deployments that are there, in the order of their ids, held until the transaction ends: whoever begins or stops to serve one
 * of them waits for the other.
 */
export async function lockDeployments(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    SELECT id FROM deployment WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
  return rows.map(({ id }) => id);
}
