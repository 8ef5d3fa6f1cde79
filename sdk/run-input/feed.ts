import { follow } from "../client/follow.ts";
import { ReceiveInputsDocument, RunInputsDocument } from "../gql/graphql.ts";
import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";
import { ofRun } from "./of-run.ts";

export interface FeedListener {
  next(message: Message): void;
  failed(error: Error): void;
}

/**
 * The messages of a channel behind a position (null: from the first), pushed as they come. Opened by the run's own code
 * it makes the channel known and listening. Returns what ends it.
 */
export function openFeed(inbox: Inbox, after: string | null, listener: FeedListener): () => void {
  const { flowRunId, channel, description, own, cursor, retention } = inbox;
  const next = (message: Message) => {
    // Of a type's own channel are the messages that were sent without a prefix.
    if (message.keyPrefix === channel.keyPrefix) listener.next(message);
  };
  const failed = (error: Error) => listener.failed(ofRun(error));
  if (own) {
    const variables = {
      flowRunId,
      execution: own.execution.number,
      channel,
      schema: description.messageSchema,
      schemaDigest: description.schemaDigest,
      after,
      name: cursor,
      ...(retention !== undefined && { retention }),
    };
    return follow(ReceiveInputsDocument, variables, {
      next: (data) => next(data.receiveInputs),
      goOn: (data) => ({ after: data.receiveInputs.cursor }),
      failed,
    });
  }
  return follow(
    RunInputsDocument,
    { flowRunId, ...channelFilter(inbox), after },
    {
      next: (data) => next(data.runInputs),
      goOn: (data) => ({ after: data.runInputs.cursor }),
      failed,
    },
  );
}

/** How the API is asked for the inputs of a channel. */
export function channelFilter({ channel }: Inbox): { inputType: string | null; keyPrefix: string | null } {
  return channel.keyPrefix === null
    ? { inputType: channel.inputType, keyPrefix: null }
    : { inputType: null, keyPrefix: channel.keyPrefix };
}
