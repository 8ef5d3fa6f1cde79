import { graphql } from "../../gql/gql.ts";
import { read } from "../../lib/graphql/server.ts";

const document = graphql(`
  query WaitingCount {
    flowRuns(filter: { awaitingInput: true }, first: 1) {
      totalCount
    }
  }
`);

/** How many runs wait for an input now; 0 where that cannot be read: the page itself says so, and the live count follows. */
export async function countWaiting(): Promise<number> {
  try {
    const { flowRuns } = await read(document, {});
    return flowRuns.totalCount;
  } catch {
    return 0;
  }
}
