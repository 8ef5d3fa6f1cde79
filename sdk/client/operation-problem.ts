import { ApiError } from "./errors.ts";

/** What a server takes as one message of a socket; it closes the socket upon a larger one, with all that is under way on it. */
const mostBytes = 2 * 1024 * 1024;
/** What goes around an operation. */
const envelope = 256;

/** The error for an operation that cannot be sent; null where it can. */
export function operationProblem(operation: {
  query: string;
  variables: Record<string, unknown>;
}): ApiError | TypeError | null {
  let text: string;
  try {
    text = JSON.stringify(operation);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    return new TypeError(`the variables cannot be sent as JSON: ${why}`, { cause });
  }
  const most = mostBytes - envelope;
  // No unit of a text comes to more than three bytes.
  if (text.length * 3 <= most) return null;
  const bytes = Buffer.byteLength(text);
  if (bytes <= most) return null;
  return new ApiError(
    `the request has ${bytes} bytes, and at most ${most} are taken: send less at once, or where the data is instead of the data`,
    "REQUEST_TOO_LARGE",
  );
}
