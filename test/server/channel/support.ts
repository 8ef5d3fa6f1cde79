import { saveBlock } from "../../../server/block/save-block.ts";
import type { Context } from "../../../server/context.ts";
import type { TestContext } from "../../support/context.ts";
import type { Receiver } from "../../support/receiver.ts";

let blocks = 0;

/** Stores a block under a name of its own. */
export async function block(ctx: TestContext, type: string, data: unknown): Promise<string> {
  blocks += 1;
  return saveBlock(ctx, { type, name: `block-${blocks}`, data });
}

/** The environment of contexts whose calls may go to this machine. */
export const reachesHere = { ANTIPHON_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" };

/** The same context, whose calls all go to the receiver; `origins` are those that they named. */
export function redirected(ctx: Context, receiver: Receiver): { ctx: Context; origins: string[] } {
  const origins: string[] = [];
  const { outgoing } = ctx;
  return {
    origins,
    ctx: {
      ...ctx,
      outgoing: {
        ...outgoing,
        send(request) {
          const { origin, pathname, search } = new URL(request.url);
          origins.push(origin);
          return outgoing.send({ ...request, url: receiver.origin + pathname + search });
        },
      },
    },
  };
}
