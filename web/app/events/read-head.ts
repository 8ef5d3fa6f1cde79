import { read } from "../../lib/graphql/server.ts";
import { eventsHead } from "./documents.ts";

/** The cursor behind which a stream brings whatever comes after now; to be read before a page that the stream goes on from. */
export async function readHead(): Promise<string | null> {
  const { events } = await read(eventsHead, {});
  return events.nodes[0]?.cursor ?? events.pageInfo.endCursor ?? null;
}
