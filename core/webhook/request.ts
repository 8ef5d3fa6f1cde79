/** A request to a webhook as it is kept and rendered: without what proves it. */
export interface WebhookRequest {
  /** Upper case. */
  readonly method: string;
  /** What stands behind the `?` of its address; empty where nothing does. */
  readonly query: string;
  /** By their names in lower case; those that came several times are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
