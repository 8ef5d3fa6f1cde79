import { read } from "../../lib/graphql/server.ts";
import { eventsDocument } from "./documents.ts";
import { besideSize } from "./page-size.ts";
import { readHead } from "./read-head.ts";
import { type ResourceEvents, resourceFilter } from "./resource-events.ts";

/** The newest events about a resource, and the cursor from which they are live. */
export async function readResourceEvents(resource: string): Promise<ResourceEvents> {
  const head = await readHead();
  const filter = resourceFilter(resource);
  const { events } = await read(eventsDocument, { filter, first: besideSize, after: null, ascending: false });
  return { head, page: events };
}
