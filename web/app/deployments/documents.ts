import { graphql } from "../../gql/gql.ts";

export const deploymentsDocument = graphql(`
  query Deployments {
    deployments {
      id
      name
      fullName
      flow {
        name
      }
      description
      tags
      version
      parameters
      parameterSchema
      paused
      status
      automations {
        id
        name
        enabled
      }
    }
  }
`);

export const runDeploymentDocument = graphql(`
  mutation RunDeployment($deployment: String!, $parameters: JSON, $name: String, $idempotencyKey: String) {
    runDeployment(deployment: $deployment, parameters: $parameters, name: $name, idempotencyKey: $idempotencyKey) {
      __typename
      ... on FlowRun {
        id
      }
      ... on Error {
        message
      }
      ... on InvalidInputError {
        issues {
          path
          message
        }
      }
    }
  }
`);
