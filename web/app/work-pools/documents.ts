import { graphql } from "../../gql/gql.ts";

export const queueFragment = graphql(`
  fragment QueueParts on WorkQueue {
    id
    name
    description
    paused
    priority
    concurrencyLimit
    status
    lastPolled
    lateRuns
  }
`);

export const poolFragment = graphql(`
  fragment PoolParts on WorkPool {
    id
    name
    type
    description
    paused
    status
    concurrencyLimit
    lastPolled
    createdAt
    updatedAt
    queues {
      ...QueueParts
    }
    workers {
      id
      name
      limit
      startedAt
      heartbeatAt
      online
    }
  }
`);

export const poolsDocument = graphql(`
  query WorkPools {
    workPools {
      ...PoolParts
    }
  }
`);

export const poolDocument = graphql(`
  query WorkPoolPage($id: ID!) {
    workPool(id: $id) {
      ...PoolParts
      variablesSchema
    }
    deployments {
      id
      fullName
      paused
      status
      workPool {
        id
      }
      workQueue {
        name
      }
    }
  }
`);

export const createPoolDocument = graphql(`
  mutation CreateWorkPool($pool: WorkPoolInput!) {
    createWorkPool(pool: $pool) {
      __typename
      ... on WorkPool {
        id
      }
      ...Refusal
    }
  }
`);

export const updatePoolDocument = graphql(`
  mutation UpdateWorkPool($id: ID!, $change: WorkPoolChangeInput!) {
    updateWorkPool(id: $id, change: $change) {
      __typename
      ...Refusal
    }
  }
`);

export const setPoolPausedDocument = graphql(`
  mutation SetWorkPoolPaused($id: ID!, $paused: Boolean!) {
    setWorkPoolPaused(id: $id, paused: $paused) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const deletePoolDocument = graphql(`
  mutation DeleteWorkPool($id: ID!) {
    deleteWorkPool(id: $id)
  }
`);

export const createQueueDocument = graphql(`
  mutation CreateWorkQueue($queue: WorkQueueInput!) {
    createWorkQueue(queue: $queue) {
      __typename
      ...Refusal
    }
  }
`);

export const updateQueueDocument = graphql(`
  mutation UpdateWorkQueue($id: ID!, $change: WorkQueueChangeInput!) {
    updateWorkQueue(id: $id, change: $change) {
      __typename
      ...Refusal
    }
  }
`);

export const setQueuePausedDocument = graphql(`
  mutation SetWorkQueuePaused($id: ID!, $paused: Boolean!) {
    setWorkQueuePaused(id: $id, paused: $paused) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const deleteQueueDocument = graphql(`
  mutation DeleteWorkQueue($id: ID!) {
    deleteWorkQueue(id: $id)
  }
`);
