/** The labels of a resource. `prefect.resource.id` is always among them, and `prefect.resource.role` with a related one. */
export type Labels = Readonly<Record<string, string>>;

/** What a trigger looks at: an event of the log less its payload. Instants are whole milliseconds since 1970. */
export interface LogEvent {
  /** A UUID; in a backtest any text that is not empty. */
  readonly id: string;
  /** Its place in the log; each event has one of its own, and later ones are greater. */
  readonly position: number;
  /** When it happened, by its sender's clock. */
  readonly occurred: number;
  /** When it was stored, by the log's clock; never falls along the log. */
  readonly received: number;
  /** Its name, such as `order.created`. */
  readonly event: string;
  readonly resource: Labels;
  readonly related: readonly Labels[];
  /** The id of an event that is known to have happened before. */
  readonly follows: string | null;
}
