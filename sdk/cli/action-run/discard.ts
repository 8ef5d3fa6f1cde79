import { DiscardActionRunDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import type { Format } from "../text/print.ts";
import { eachFailed } from "./each-failed.ts";

/** `antiphon action-run discard` */
export async function discard(ids: string[], options: { output?: Format }): Promise<void> {
  const on = async (id: string) => (await request(DiscardActionRunDocument, { id })).discardActionRun;
  await eachFailed(ids, options, { on, done: "discarded" });
}
