import { socketClient } from "../../client/client.ts";
import {
  FollowEventsDocument,
  type FollowEventsSubscription,
  NewestEventDocument,
} from "../../gql/graphql.ts";
import { followUntil } from "../follow-until.ts";
import { readCount } from "../read-count.ts";
import { request } from "../request.ts";
import { cut, plain } from "../text/plain.ts";
import { terminalWidth } from "../text/print.ts";

export interface StreamOptions {
  name?: string[];
  resourceId?: string;
  after?: string;
  limit?: string;
  output?: "json";
}

type Item = FollowEventsSubscription["events"];

/** `antiphon event stream`: ends by a signal, after `--limit` events, or where the server refuses the stream. */
export async function stream(options: StreamOptions): Promise<void> {
  const { limit, json } = {
    limit: readCount("--limit", options.limit),
    json: options.output === "json",
  };
  // Without a place to go on from, what comes while the first connection is lost would be missed.
  const after = options.after ?? (await newest());
  const filter = {
    ...(options.name ? { events: options.name } : {}),
    ...(options.resourceId === undefined ? {} : { resource: { "prefect.resource.id": options.resourceId } }),
  };
  console.error(`Following events of ${socketClient().connection.url}; Ctrl-C ends it.`);
  let seen = 0;
  await followUntil(
    FollowEventsDocument,
    { filter, after },
    {
      goOn: ({ events: item }) => ({ after: item.__typename === "Event" ? item.cursor : item.to }),
      next({ events: item }) {
        console.log(json ? JSON.stringify(forPrograms(item)) : line(item));
        if (item.__typename === "Event") seen += 1;
        return limit !== null && seen >= limit;
      },
    },
  );
}

async function newest(): Promise<string | null> {
  const { events } = await request(NewestEventDocument, {});
  return events.nodes[0]?.cursor ?? events.pageInfo.endCursor ?? null;
}

/** An event's own fields; a gap is told from them by its one field. */
function forPrograms({ __typename, ...fields }: Item): object {
  return __typename === "Event" ? fields : { gap: fields };
}

function line(item: Item): string {
  if (item.__typename === "StreamGap") return `-- ${plain(item.message)}`;
  const payload = JSON.stringify(item.payload);
  const parts = [
    item.occurred,
    item.event,
    item.resource["prefect.resource.id"] ?? "",
    payload === "{}" ? "" : payload,
  ];
  return cut(plain(parts.join("  ").trimEnd()), terminalWidth());
}
