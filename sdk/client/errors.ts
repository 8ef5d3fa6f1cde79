/** The API refused a request as such: a document it does not know, a right that is missing, a fault of its own. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    message: string,
    /** `extensions.code` of the first error, such as `NOT_FOUND` or `BAD_CURSOR`. */
    readonly code: string | null,
  ) {
    super(message);
  }
}

/** The API could not be reached, or the connection was lost under a stream that cannot go on where it was. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

interface ErrorEntry {
  message: string;
  extensions?: { [key: string]: unknown } | undefined;
}

/** The error of an answer's `errors`. */
export function apiError(errors: readonly ErrorEntry[]): ApiError {
  const code = errors[0]?.extensions?.code;
  return new ApiError(
    errors.map((error) => error.message).join("; ") || "the API refused the request without a reason",
    typeof code === "string" ? code : null,
  );
}

/** What the socket's client reports when an operation ends badly: entries of `errors`, an error, or one of the socket's events. */
export function asError(reason: unknown, url: string): Error {
  if (Array.isArray(reason)) return apiError(reason);
  if (reason instanceof ConnectionError) return reason;
  return new ConnectionError(
    `the connection to ${url} was ended by what is there (${reasonText(reason)}): see whether it is an Antiphon of this version, and what it has printed`,
    { cause: reason instanceof Error ? reason : undefined },
  );
}

/** Why a socket was lost. Its events are no errors. */
export function reasonText(reason: unknown): string {
  if (reason instanceof AggregateError && reason.message === "") return reasonText(reason.errors[0]);
  if (reason instanceof Error) return reason.message || String("code" in reason ? reason.code : reason.name);
  if (typeof reason !== "object" || reason === null) return String(reason);
  if ("error" in reason && reason.error instanceof Error) return reasonText(reason.error);
  const code = "code" in reason ? `closed with code ${String(reason.code)}` : "closed";
  return "reason" in reason && reason.reason ? `${code}: ${String(reason.reason)}` : code;
}

export function nobodyText(url: string, why: string): string {
  return `there is no Antiphon at ${url}: start it with \`npm start\`, or set ANTIPHON_API_URL to where it is (${why})`;
}
