import { read } from "../../lib/graphql/server.ts";
import { waitingCount } from "./documents.ts";

/** How many runs wait for an input now; 0 where that cannot be read: the page itself says so, and the live count follows. */
export async function countWaiting(): Promise<number> {
  try {
    const { flowRuns } = await read(waitingCount, {});
    return flowRuns.totalCount;
  } catch {
    return 0;
  }
}
