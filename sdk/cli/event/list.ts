import {
  type EventFilter,
  type EventPartsFragment,
  ListEventsDocument,
  type ListEventsQuery,
} from "../../gql/graphql.ts";
import { readCount } from "../read-count.ts";
import { readMoment } from "../read-moment.ts";
import { request } from "../request.ts";
import { documentText, type Format, terminalWidth } from "../text/print.ts";
import { type Column, rowsText } from "../text/table.ts";
import { timeText } from "../text/time.ts";

interface ListOptions {
  name?: string[];
  resource?: string;
  since?: string;
  limit: string;
  output?: Format;
}

/** Of a search that goes on page after page, each of which the server looks for at most a second. */
const mostAtOnce = 500;

/** `antiphon event ls` */
export async function list(options: ListOptions): Promise<void> {
  const limit = readCount("--limit", options.limit) ?? 50;
  const filter = eventFilter(options);
  const events = await newestEvents(filter, limit);
  if (options.output) process.stdout.write(documentText(events, options.output));
  else if (events.length > 0) console.log(rowsText(columns, events, terminalWidth()));
  else console.log(Object.keys(filter).length === 0 ? "There are no events yet." : "There is no such event.");
}

function eventFilter({ name, resource, since }: ListOptions): EventFilter {
  return {
    ...(name && { events: name }),
    ...(resource !== undefined && { resource: { "prefect.resource.id": resource } }),
    ...(since !== undefined && { occurredAfter: readMoment("--since", since, new Date()).toISOString() }),
  };
}

/** The newest events that satisfy a filter. A page that is not full may have another behind it. */
async function newestEvents(filter: EventFilter, limit: number): Promise<EventPartsFragment[]> {
  const found: EventPartsFragment[] = [];
  let after: string | null = null;
  do {
    const first = Math.min(limit - found.length, mostAtOnce);
    const { events }: ListEventsQuery = await request(ListEventsDocument, { filter, first, after });
    found.push(...events.nodes);
    after = events.pageInfo.hasNextPage ? (events.pageInfo.endCursor ?? null) : null;
  } while (after !== null && found.length < limit);
  return found;
}

const columns: readonly Column<EventPartsFragment>[] = [
  { title: "OCCURRED", of: ({ occurred }) => timeText(occurred) },
  { title: "EVENT", of: ({ event }) => event },
  { title: "RESOURCE", of: ({ resource }) => resource["prefect.resource.id"] ?? "" },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];
