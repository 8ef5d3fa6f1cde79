import { RetryActionRunDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";
import { eachFailed } from "./each-failed.ts";

/** `antiphon action-run retry` */
export async function retry(ids: string[], options: { output?: Format }): Promise<void> {
  const on = async (id: string) => (await request(RetryActionRunDocument, { id })).retryActionRun;
  await eachFailed(ids, options, { on, done: "tried again" });
}
