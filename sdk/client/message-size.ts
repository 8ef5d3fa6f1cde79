import { ApiError } from "./errors.ts";

/** What a server takes as one message of a socket; it closes the socket upon a larger one, with all that is under way on it. */
const mostBytes = 2 * 1024 * 1024;
/** What goes around an operation. */
const envelope = 256;

/** The error for an operation that is too large to be sent; null where it is not. */
export function sizeProblem(operation: {
  query: string;
  variables: Record<string, unknown>;
}): ApiError | null {
  const text = JSON.stringify(operation);
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
