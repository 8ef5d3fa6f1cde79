import { graphql } from "../../gql/gql.ts";

export const eventRow = graphql(`
  fragment EventRow on Event {
    id
    cursor
    event
    occurred
    resource
    related
  }
`);

/** Where the log ends: read before a page of it, so that what comes in meanwhile is in the page, in the stream, or in both. */
export const eventsHead = graphql(`
  query EventsHead {
    events(first: 1) {
      nodes {
        cursor
      }
      pageInfo {
        endCursor
      }
    }
  }
`);

export const eventsDocument = graphql(`
  query Events($filter: EventFilter, $first: Int!, $after: String, $ascending: Boolean!) {
    events(filter: $filter, first: $first, after: $after, ascending: $ascending) {
      nodes {
        ...EventRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const eventDensity = graphql(`
  query EventDensity($filter: EventFilter) {
    eventCounts(filter: $filter, by: TIME) {
      count
      start
      end
    }
  }
`);

export const eventNames = graphql(`
  query EventNames($filter: EventFilter) {
    eventCounts(filter: $filter, by: EVENT) {
      label
      count
    }
  }
`);

export const eventsArrive = graphql(`
  subscription EventsArrive($filter: EventFilter, $after: String) {
    events(filter: $filter, after: $after) {
      __typename
      ... on Event {
        ...EventRow
      }
      ... on StreamGap {
        message
        from
        to
      }
    }
  }
`);
