import type { Topic } from "../bus/topic.ts";

/** A row of a stream and its place there; places grow in commit order. */
export interface Placed<Row> {
  position: number;
  row: Row;
}

/** A stream of rows behind one subscription field. */
export interface LiveSource<Row> {
  /** Notified whenever there may be rows behind a position. */
  topic: Topic;
  /**
   * log: each row once, in order.
   * state: what came faster than the client reads may be passed over, the last never is.
   */
  kind: "log" | "state";
  /** False: the stream belongs to its one subscriber (it has effects while open). @default true */
  shared?: boolean;
  /**
   * What comes first at each subscription, and the position behind which it goes on. Called once when
   * subscribing; subscribers that come together may share a call.
   *
   * @throws GraphQLError with the code NOT_FOUND or BAD_CURSOR; the subscription is then refused with it
   */
  open(): Promise<{ first: Row[]; position: number }>;
  /** The rows behind `position` in order, at most `limit`; fewer than `limit` means that it has caught up. */
  readAfter(position: number, limit: number): Promise<Placed<Row>[]>;
  /** Called once when a private stream ends, also if `open` threw. */
  close?(): Promise<void>;
}
