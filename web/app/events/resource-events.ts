import type { EventFilter, EventsQuery } from "../../gql/graphql.ts";

/** The newest events about a resource, and the cursor from which they are live. */
export interface ResourceEvents {
  head: string | null;
  page: EventsQuery["events"];
}

/** The events about one resource, as the API is asked for them. */
export function resourceFilter(resource: string): EventFilter {
  return { resource: { "prefect.resource.id": resource } };
}
