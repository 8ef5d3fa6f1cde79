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

/** What the socket's client reports when an operation ends badly: entries of `errors`, an error, or a close event. */
export function asError(reason: unknown, url: string): Error {
  if (Array.isArray(reason)) return apiError(reason);
  if (reason instanceof Error) return reason;
  return new ConnectionError(`the connection to ${url} was closed${closeText(reason)}`);
}

function closeText(event: unknown): string {
  if (typeof event !== "object" || event === null) return "";
  const code = "code" in event ? ` (${String(event.code)})` : "";
  const reason = "reason" in event && event.reason ? `: ${String(event.reason)}` : "";
  return code + reason;
}
