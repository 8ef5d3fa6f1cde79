import type { ReceivePositionInput } from "../gql/graphql.ts";
import type { Message } from "./message.ts";

/** By what the server knows that a message is finished with: who claimed it, or the receiver's position. */
export interface Finishing {
  consumer: string | null;
  positions: ReceivePositionInput[];
}

/** Where a receiver's messages come from. */
export interface MessageSource {
  /**
   * The next message. Null where none came within so many seconds (null: there is no end), or where it was closed; 0
   * asks only for what is stored.
   */
  take(timeout: number | null): Promise<Message | null>;
  /** The code is done with the message. */
  finished(message: Message): void;
  /** How the server is told the same by another call; null where it keeps nothing that would end. */
  finishing(message: Message): Finishing | null;
  /** Resolves when the server knows what is finished with. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
