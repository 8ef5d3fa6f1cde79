import { socketClient } from "../../client/client.ts";
import {
  FollowFiringsDocument,
  type FollowFiringsSubscription,
  NewestFiringDocument,
} from "../../gql/graphql.ts";
import { followUntil } from "../follow-until.ts";
import { request } from "../request.ts";
import { cut, plain } from "../text/plain.ts";
import { terminalWidth } from "../text/print.ts";
import { timeText } from "../text/time.ts";
import { actionsOf, automationIdOf, because } from "./list.ts";

type Item = FollowFiringsSubscription["triggerFired"];

/** `antiphon firing stream`: what was missed while a connection was lost comes first. */
export async function stream(options: {
  automation?: string;
  after?: string;
  output?: "json";
}): Promise<void> {
  const automationId = await automationIdOf(options.automation);
  // Without a place to go on from, what comes while the first connection is lost would be missed.
  const after = options.after ?? (await newest());
  console.error(`Following firings of ${socketClient().connection.url}; Ctrl-C ends it.`);
  await followUntil(
    FollowFiringsDocument,
    { automationId, after },
    {
      goOn: ({ triggerFired: item }) => ({ after: item.__typename === "Firing" ? item.cursor : item.to }),
      next({ triggerFired: item }) {
        console.log(options.output ? JSON.stringify(forPrograms(item)) : lineText(item));
        return false;
      },
    },
  );
}

async function newest(): Promise<string | null> {
  const { firings } = await request(NewestFiringDocument, {});
  return firings.nodes[0]?.cursor ?? firings.pageInfo.endCursor ?? null;
}

/** A firing's own fields; a gap is told from them by its one field. */
function forPrograms({ __typename, ...fields }: Item): object {
  return __typename === "Firing" ? fields : { gap: fields };
}

function lineText(item: Item): string {
  if (item.__typename !== "Firing") return `-- ${plain(item.message)}`;
  const parts = [timeText(item.firedAt), item.automation.name, because(item), actionsOf(item), item.id];
  return cut(plain(parts.join("  ")), terminalWidth());
}
