import { graphql } from "../../../gql/gql.ts";

export const failedActionRunsDocument = graphql(`
  query FailedActionRuns($first: Int!, $after: String, $discarded: Boolean!) {
    actionRuns(status: [FAILED], discarded: $discarded, first: $first, after: $after) {
      nodes {
        ...ShownActionRun
        firing {
          id
          firedAt
          causedByClock
          triggeringLabels
          triggeringEvent {
            id
            event
            resource
          }
          automation {
            id
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    ...Named
  }
`);
