/** An HTTP request that the server makes for a user. */
export interface OutgoingRequest {
  /** What a person wrote; anything. */
  readonly url: string;
  readonly method: string;
  /** Sent in every hop. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent to the origin of `url` alone, not to another one that it redirects to: they may hold secrets. */
  readonly ownHeaders?: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly body: string | null;
  /** For everything, from the look-up to the end of the answer. Milliseconds; 10,000 where it is left out. */
  readonly timeout?: number;
  /** Up to five redirects, each checked like the first request; none where it is left out. */
  readonly followRedirects?: boolean;
  /** Whether the certificate must be good; it must where it is left out. */
  readonly verify?: boolean;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal;
}

/** What became of it. A refused one is not worth another try; a failed one is. The reasons name hosts, never paths, queries or headers. */
export type OutgoingResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** By their names in lower case; several of one name are joined by commas. */
      readonly headers: Readonly<Record<string, string>>;
      /** Its beginning, at most 64 KiB, read as UTF-8. */
      readonly body: string;
    }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };
