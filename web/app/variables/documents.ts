import { graphql } from "../../gql/gql.ts";

export const variablesDocument = graphql(`
  query Variables {
    variables {
      id
      name
      value
      secret
      updatedAt
    }
  }
`);

export const setVariableDocument = graphql(`
  mutation SetVariable($name: String!, $value: JSON, $secret: Boolean) {
    setVariable(name: $name, value: $value, secret: $secret) {
      __typename
      ...Refusal
    }
  }
`);

export const deleteVariableDocument = graphql(`
  mutation DeleteVariable($name: String!) {
    deleteVariable(name: $name)
  }
`);
