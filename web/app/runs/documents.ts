import { graphql } from "../../gql/gql.ts";

export const runRow = graphql(`
  fragment RunRow on FlowRun {
    id
    name
    flow {
      name
    }
    deployment {
      id
      name
    }
    state {
      type
      name
      message
      timestamp
    }
    pause {
      key
    }
    awaitedInput {
      key
    }
    tags
    createdAt
    upcoming
    expectedStart
    startedAt
    endedAt
    totalRunTime
    updatedAt
  }
`);

export const runsDocument = graphql(`
  query Runs($filter: FlowRunFilter, $first: Int!, $after: String) {
    flowRuns(filter: $filter, first: $first, after: $after) {
      nodes {
        ...RunRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`);

export const upcomingDocument = graphql(`
  query Upcoming($filter: FlowRunFilter) {
    flowRuns(filter: $filter, first: 0) {
      totalCount
    }
  }
`);

export const flowNamesDocument = graphql(`
  query FlowNames {
    deployments {
      id
      fullName
      flow {
        name
      }
    }
  }
`);

export const runsUpdated = graphql(`
  subscription RunsUpdated($filter: FlowRunFilter) {
    flowRunsUpdated(filter: $filter) {
      ...RunRow
    }
  }
`);
