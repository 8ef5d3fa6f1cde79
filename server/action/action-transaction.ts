import pLimit from "p-limit";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { perDb } from "../recent.ts";

/** Actions that use the database at once. */
const limit = 8;
const turns = perDb(() => pLimit(limit));

/** Waits for its turn: connections are for all, while as many actions as like may wait for others' answers. */
export function inTurn<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  return turns(ctx.db)(work);
}

/** One transaction of an action, in its turn. */
export function actionTransaction<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return inTurn(ctx, () => ctx.db.transaction(work));
}
