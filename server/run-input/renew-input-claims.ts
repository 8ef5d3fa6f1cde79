import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";

/** Begins the leases of a receiver's inputs anew. @returns whether it has any */
export async function renewInputClaims(ctx: Context, { consumer }: { consumer: string }): Promise<boolean> {
  if (!isId(consumer)) return false;
  const held = await ctx.db.query(sql`
    UPDATE run_input SET claimed_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE claimed_by = ${consumer}::uuid AND status = 'PENDING' RETURNING id`);
  return held.length > 0;
}
