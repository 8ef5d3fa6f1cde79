import { graphql } from "../../../gql/gql.ts";

/** What of a run changes while one looks at it, and comes with each change. */
export const runFragment = graphql(`
  fragment Run on FlowRun {
    id
    name
    flow {
      name
    }
    deployment {
      id
      fullName
    }
    workQueue {
      name
      workPool {
        id
        name
      }
    }
    state {
      type
      name
      message
      timestamp
    }
    stateHistory {
      type
      name
      message
      timestamp
    }
    pause {
      key
      requestedAt
      expiresAt
      input {
        key
        inputType
        schema
        description
        expiresAt
        requestedAt
        liveValidation
        refusedAnswer
        refusedIssues {
          path
          message
        }
      }
    }
    tags
    runCount
    subflow
    expectedStart
    startedAt
    endedAt
    createdAt
    updatedAt
    createdBy
    createdByName
    autoScheduled
  }
`);

export const inputFragment = graphql(`
  fragment Input on RunInput {
    id
    cursor
    key
    kind
    inputType
    value
    sender
    submittedBy
    status
    listening
    schemaDrift
    createdAt
  }
`);

export const channelFragment = graphql(`
  fragment Channel on InputChannel {
    inputType
    keyPrefix
    schema
    listening
    pending
  }
`);

export const logFragment = graphql(`
  fragment LogLine on Log {
    cursor
    level
    message
    loggerName
    timestamp
  }
`);

export const relativeFragment = graphql(`
  fragment Relative on FlowRun {
    id
    name
    flow {
      name
    }
    state {
      type
      name
      message
    }
  }
`);

export const runDocument = graphql(`
  query RunPage($id: ID!, $inputs: Int!, $logs: Int!) {
    flowRun(id: $id) {
      ...Run
      waitsBecause
      parameters
      jobVariables
      parent {
        ...Relative
      }
      children {
        ...Relative
      }
      inputChannels {
        ...Channel
      }
      inputs(last: $inputs) {
        nodes {
          ...Input
        }
        pageInfo {
          hasPreviousPage
          startCursor
          endCursor
        }
      }
      logs(last: $logs) {
        nodes {
          ...LogLine
        }
        pageInfo {
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

export const runUpdated = graphql(`
  subscription RunUpdated($id: ID!) {
    flowRunUpdated(flowRunId: $id) {
      ...Run
    }
  }
`);

export const runInputs = graphql(`
  subscription RunInputs($id: ID!, $after: String) {
    runInputs(flowRunId: $id, after: $after) {
      ...Input
    }
  }
`);

export const runLogs = graphql(`
  subscription RunLogs($id: ID!, $after: String) {
    logs(flowRunId: $id, after: $after) {
      ...LogLine
    }
  }
`);

export const earlierInputs = graphql(`
  query EarlierInputs($id: ID!, $last: Int!, $before: String) {
    flowRun(id: $id) {
      inputs(last: $last, before: $before) {
        nodes {
          ...Input
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

export const earlierLogs = graphql(`
  query EarlierLogs($id: ID!, $last: Int!, $before: String) {
    flowRun(id: $id) {
      logs(last: $last, before: $before) {
        nodes {
          ...LogLine
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

/** What changes of a run without the run itself changing. */
export const runSurroundings = graphql(`
  query RunSurroundings($id: ID!, $last: Int!) {
    flowRun(id: $id) {
      waitsBecause
      parent {
        ...Relative
      }
      children {
        ...Relative
      }
      inputChannels {
        ...Channel
      }
      inputs(last: $last) {
        nodes {
          id
          status
          listening
          schemaDrift
        }
      }
    }
  }
`);
