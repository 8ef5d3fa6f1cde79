/** What a channel is to tell. */
export interface Message {
  readonly subject: string;
  /** Markdown, as far as the channel knows it. */
  readonly body: string;
  /** Where more is to be read; added where the body had to be cut. Null for nowhere. */
  readonly link: string | null;
}
