/** Some messages in a row, serialised once for all who get them. */
export interface Chunk {
  /** Results of the operation as JSON text, oldest first; at least one. */
  texts: string[];
  /** The place of the last one in its stream. */
  position: number;
}

/** Where a subscription's messages go: one operation of one client. It holds no queue of its own. */
export interface Sink {
  /**
   * Hands the messages to the client.
   *
   * @returns false when it wants no more for now; it then calls `resume` of its subscription once it has room
   */
  write(chunk: Chunk): boolean;
  /** The server has ended the stream; nothing is written after it. */
  end(): void;
}
