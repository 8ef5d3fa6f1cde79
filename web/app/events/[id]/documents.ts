import { graphql } from "../../../gql/gql.ts";

export const eventDocument = graphql(`
  query EventPage($id: ID!) {
    event(id: $id) {
      id
      cursor
      event
      occurred
      received
      resource
      related
      payload
      follows
    }
  }
`);
