import { graphql } from "../../gql/gql.ts";

export const variablesDocument = graphql(`
  query Variables {
    variables {
      id
      name
      value
      updatedAt
    }
  }
`);

export const setVariableDocument = graphql(`
  mutation SetVariable($name: String!, $value: JSON) {
    setVariable(name: $name, value: $value) {
      __typename
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

export const deleteVariableDocument = graphql(`
  mutation DeleteVariable($name: String!) {
    deleteVariable(name: $name)
  }
`);
