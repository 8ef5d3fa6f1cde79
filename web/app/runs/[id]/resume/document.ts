import { graphql } from "../../../../gql/gql.ts";

export const questionDocument = graphql(`
  query Question($id: ID!) {
    flowRun(id: $id) {
      ...Run
    }
  }
`);
