import { graphql } from "../../../gql/gql.ts";

export const eventDocument = graphql(`
  query EventPage($id: ID!) {
    event(id: $id) {
      id
      cursor
      event
      occurred
      received
      resource
      related
      payload
      follows
    }
  }
`);

/** Automations to choose from, by name. */
export const automationNames = graphql(`
  query AutomationNames($first: Int!) {
    automations(first: $first) {
      nodes {
        id
        name
      }
    }
  }
`);

export const explainDocument = graphql(`
  query Explain($automationId: ID!, $eventId: ID!) {
    explain(automationId: $automationId, eventId: $eventId) {
      __typename
      ... on Explanation {
        fired
        verdict
        firing {
          id
        }
        conditions {
          path
          holds
          expected
          actual
        }
      }
      ... on Error {
        message
      }
    }
  }
`);
