import { graphql } from "../../gql/gql.ts";

/** What a refusal says: why, and of what was given each thing that is wrong. */
export const refusalFragment = graphql(`
  fragment Refusal on Error {
    message
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
`);
