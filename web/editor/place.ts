/** What is being typed at a place of a text, and where that stands. */
export interface Place {
  /** The fields around it, outermost first; lists are passed over. */
  readonly inside: readonly string[];
  /** The other fields beside it, with what stands behind their colons. */
  readonly beside: ReadonlyMap<string, string>;
  /** The field whose value is typed; null where the name of a field is. */
  readonly field: string | null;
  /** Where what is typed begins. */
  readonly from: number;
}
