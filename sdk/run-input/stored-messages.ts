import { NotFound } from "../errors.ts";
import type { StoredInputsQuery } from "../gql/graphql.ts";
import { channelFilter } from "./feed.ts";
import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";

const pageLength = 100;

type Ask = (variables: {
  flowRunId: string;
  inputType: string | null;
  keyPrefix: string | null;
  first: number;
  after: string | null;
}) => Promise<StoredInputsQuery>;

/** The stored messages of a channel behind a position, up to a page of them; empty where there are none. */
export async function storedMessages(inbox: Inbox, after: string | null, ask: Ask): Promise<Message[]> {
  for (let position = after; ; ) {
    const { flowRun } = await ask({
      flowRunId: inbox.flowRunId,
      ...channelFilter(inbox),
      first: pageLength,
      after: position,
    });
    if (!flowRun) throw new NotFound(`no flow run ${JSON.stringify(inbox.flowRunId)}`);
    const { nodes, pageInfo } = flowRun.inputs;
    const found = nodes.filter((message) => message.keyPrefix === inbox.channel.keyPrefix);
    if (found.length > 0 || !pageInfo.hasNextPage) return found;
    position = pageInfo.endCursor;
  }
}
