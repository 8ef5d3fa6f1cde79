import { saveBlock } from "../../../server/block/save-block.ts";
import type { TestContext } from "../../support/context.ts";

let blocks = 0;

/** Stores a block under a name of its own. */
export async function block(ctx: TestContext, type: string, data: unknown): Promise<string> {
  blocks += 1;
  return saveBlock(ctx, { type, name: `block-${blocks}`, data });
}

/** The environment of contexts whose calls may go to this machine. */
export const reachesHere = { ANTIPHON_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" };
