import { graphql } from "../../../gql/gql.ts";

export const firingFragment = graphql(`
  fragment FiringParts on Firing {
    id
    cursor
    state
    triggered
    firedAt
    causedByClock
    triggeringLabels
    triggeringEvent {
      id
      event
    }
    countedEvents {
      id
      event
      occurred
    }
    memberFirings {
      triggerId
      triggered
      triggeringLabels
      triggeringEvent {
        id
        event
      }
    }
    metricValue
    actionRuns {
      ...ShownActionRun
    }
  }
`);

export const actionRunFragment = graphql(`
  fragment ShownActionRun on ActionRun {
    id
    action {
      type
      settings
    }
    status
    attempts
    nextAttemptAt
    error
    result
    updatedAt
    discardedAt
  }
`);

export const automationDocument = graphql(`
  query AutomationPage($id: ID!, $first: Int!) {
    automation(id: $id) {
      ...ShownAutomation
      firings(first: $first) {
        nodes {
          ...FiringParts
        }
        pageInfo {
          hasNextPage
          startCursor
          endCursor
        }
      }
    }
    ...Named
  }
`);

/** What of the page changes with the automation. */
export const automationNow = graphql(`
  query AutomationNow($id: ID!) {
    automation(id: $id) {
      ...ShownAutomation
    }
    ...Named
  }
`);

export const firingsDocument = graphql(`
  query Firings($id: ID!, $first: Int!, $after: String) {
    firings(automationId: $id, first: $first, after: $after) {
      nodes {
        ...FiringParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** One of them, for what its actions have come to. */
export const firingNow = graphql(`
  query FiringNow($id: ID!) {
    firing(id: $id) {
      ...FiringParts
    }
  }
`);

export const firingsArrive = graphql(`
  subscription FiringsArrive($id: ID!, $after: String) {
    triggerFired(automationId: $id, after: $after) {
      __typename
      ... on Firing {
        ...FiringParts
      }
      ... on StreamGap {
        message
        from
        to
      }
    }
  }
`);

export const retryActionRunDocument = graphql(`
  mutation RetryActionRun($id: ID!) {
    retryActionRun(id: $id) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const discardActionRunDocument = graphql(`
  mutation DiscardActionRun($id: ID!) {
    discardActionRun(id: $id) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const enableActionDocument = graphql(`
  mutation EnableAction($automation: ID!, $list: String!, $place: Int!) {
    enableAction(automation: $automation, list: $list, place: $place) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);
