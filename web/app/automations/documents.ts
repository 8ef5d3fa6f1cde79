import { graphql } from "../../gql/gql.ts";

export const automationFragment = graphql(`
  fragment ShownAutomation on Automation {
    id
    name
    description
    enabled
    tags
    actions {
      type
      settings
      broken
    }
    actionsOnTrigger {
      type
      settings
      broken
    }
    actionsOnResolve {
      type
      settings
      broken
    }
    ownerResource
    broken
    disabledActions {
      list
      place
      failures
      since
    }
    document
    warnings {
      path
      message
    }
    createdAt
    updatedAt
  }
`);

export const automationsDocument = graphql(`
  query Automations($first: Int!, $after: String, $nameLike: String, $tags: [String!]) {
    automations(first: $first, after: $after, nameLike: $nameLike, tags: $tags) {
      nodes {
        ...ShownAutomation
        firings(first: 1) {
          nodes {
            id
            state
            firedAt
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
    ...Named
  }
`);

/** What there is that automations name. */
export const namedFragment = graphql(`
  fragment Named on Query {
    deployments {
      ...DeploymentName
    }
    blocks {
      ...BlockName
    }
    workPools {
      ...PoolName
    }
  }
`);

/** What deployments are called: those that automations run or belong to. */
export const deploymentNameFragment = graphql(`
  fragment DeploymentName on Deployment {
    id
    fullName
  }
`);

/** What work pools and their queues are called. */
export const poolNameFragment = graphql(`
  fragment PoolName on WorkPool {
    id
    name
    queues {
      id
      name
    }
  }
`);

/** What blocks are called: those that actions name. */
export const blockNameFragment = graphql(`
  fragment BlockName on Block {
    id
    type
    name
  }
`);

export const setEnabledDocument = graphql(`
  mutation SetAutomationEnabled($id: ID!, $enabled: Boolean!) {
    setAutomationEnabled(id: $id, enabled: $enabled) {
      __typename
      ... on Automation {
        id
        enabled
      }
      ... on Error {
        message
      }
      ... on InvalidInputError {
        issues {
          message
        }
      }
    }
  }
`);

export const deleteAutomationDocument = graphql(`
  mutation DeleteAutomation($id: ID!) {
    deleteAutomation(id: $id)
  }
`);
