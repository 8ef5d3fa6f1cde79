import { graphql } from "../../gql/gql.ts";

export const waitingCount = graphql(`
  query WaitingCount {
    flowRuns(filter: { awaitingInput: true }, first: 1) {
      totalCount
    }
  }
`);

export const waitingChanged = graphql(`
  subscription WaitingChanged {
    inputRequested {
      id
    }
  }
`);
