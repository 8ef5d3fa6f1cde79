import { graphql } from "../../../gql/gql.ts";

/** What a new document can name, and how it is called. */
export const surroundingsDocument = graphql(`
  query EditorSurroundings {
    deployments {
      ...DeploymentName
      parameters
      parameterSchema
    }
    blocks {
      id
      type
      name
    }
    workPools {
      ...PoolName
    }
    blockTypes {
      slug
      capabilities
    }
    eventCounts(by: EVENT) {
      label
      count
    }
  }
`);

export const editedDocument = graphql(`
  query EditedAutomation($id: ID!) {
    automation(id: $id) {
      id
      name
      document
      ownerResource
      updatedAt
    }
  }
`);

export const checkAutomationDocument = graphql(`
  query CheckAutomation($document: JSON!, $id: ID) {
    checkAutomation(document: $document, id: $id) {
      issues {
        path
        message
      }
      warnings {
        path
        message
      }
    }
  }
`);

export const createAutomationDocument = graphql(`
  mutation CreateAutomation($document: JSON!, $id: ID!) {
    createAutomation(document: $document, id: $id) {
      ...SavedAutomation
    }
  }
`);

export const updateAutomationDocument = graphql(`
  mutation UpdateAutomation($document: JSON!, $id: ID!) {
    updateAutomation(document: $document, id: $id) {
      ...SavedAutomation
    }
  }
`);

export const savedFragment = graphql(`
  fragment SavedAutomation on AutomationResult {
    __typename
    ... on Automation {
      id
    }
    ...Refusal
  }
`);

export const backtestDocument = graphql(`
  query Backtest($document: JSON!, $start: DateTime!, $until: DateTime!) {
    backtest(document: $document, start: $start, until: $until) {
      __typename
      ... on Backtest {
        evaluatedEvents
        matchedEvents
        firings {
          state
          triggered
          triggeringLabels
          triggeringEventId
        }
      }
      ... on Error {
        message
      }
    }
  }
`);
