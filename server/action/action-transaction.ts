import pLimit from "p-limit";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { perDb } from "../recent.ts";

/** Transactions of actions at once. */
const limit = 8;
const turns = perDb(() => pLimit(limit));

/** One transaction of an action. Few have their turn at once: connections are for all, while as many actions as like may wait for others' answers. */
export function actionTransaction<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return turns(ctx.db)(() => ctx.db.transaction(work));
}
