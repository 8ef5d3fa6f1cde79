import type { Message } from "./message.ts";

/** Where a receiver's messages come from. */
export interface MessageSource {
  /**
   * The next message. Null where none came within so many seconds (null: there is no end), or where it was closed; 0
   * asks only for what is stored.
   */
  take(timeout: number | null): Promise<Message | null>;
  /** The code is done with the message. */
  finished(message: Message): void;
  /** Resolves when the server knows what is finished with. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
