import { graphql } from "../../../gql/gql.ts";

export const cancelDocument = graphql(`
  mutation Cancel($id: ID!) {
    cancel(flowRunId: $id) {
      __typename
      ...Run
      ... on Error {
        message
      }
    }
  }
`);

export const suspendDocument = graphql(`
  mutation Suspend($id: ID!, $timeout: Float) {
    suspend(flowRunId: $id, timeout: $timeout) {
      __typename
      ...Run
      ... on Error {
        message
      }
    }
  }
`);

export const retryDocument = graphql(`
  mutation Retry($id: ID!) {
    retry(flowRunId: $id) {
      __typename
      ...Run
      ... on Error {
        message
      }
    }
  }
`);

export const deleteRunDocument = graphql(`
  mutation DeleteFlowRun($id: ID!) {
    deleteFlowRun(flowRunId: $id)
  }
`);

export const resumeDocument = graphql(`
  mutation Resume($id: ID!, $input: JSON, $key: String, $idempotencyKey: String) {
    resume(flowRunId: $id, input: $input, key: $key, idempotencyKey: $idempotencyKey) {
      __typename
      ...Refusal
      ... on StateConflictError {
        code
        state {
          type
          name
          message
          timestamp
        }
      }
    }
  }
`);

export const sendInputDocument = graphql(`
  mutation SendInput($id: ID!, $inputType: String, $keyPrefix: String, $value: JSON, $idempotencyKey: String) {
    sendInput(
      flowRunId: $id
      inputType: $inputType
      keyPrefix: $keyPrefix
      value: $value
      idempotencyKey: $idempotencyKey
    ) {
      __typename
      ... on RunInput {
        key
        listening
      }
      ...Refusal
    }
  }
`);
