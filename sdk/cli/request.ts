import { socketClient } from "../client/client.ts";
import type { Document } from "../client/document.ts";
import { ApiError, ConnectionError } from "../client/errors.ts";
import { fetchOnce } from "../client/fetch.ts";
import { Failure } from "./failure.ts";

/** One query or mutation, for which `timeout` milliseconds are waited. What goes wrong is a Failure that says where the API was looked for. */
export async function request<T, V extends object>(
  document: Document<T, V>,
  variables: V,
  { timeout = 10_000 }: { timeout?: number } = {},
): Promise<T> {
  const { connection } = socketClient();
  try {
    return await fetchOnce(connection, document, variables, timeout);
  } catch (error) {
    throw failureOf(error, connection.url);
  }
}

/** What a call of the API was refused for, for people. */
export function failureOf(error: unknown, url: string): unknown {
  if (error instanceof ApiError) {
    const older = error.code === "GRAPHQL_VALIDATION_FAILED";
    return new Failure(
      older ? `the server at ${url} is of another version: ${error.message}` : error.message,
    );
  }
  if (!(error instanceof ConnectionError)) return error;
  if (error.cause instanceof DOMException) return new Failure(error.message);
  // What Node's fetch throws where there is no connection.
  if (error.cause instanceof TypeError) {
    return new Failure(
      `there is no Antiphon at ${url}${causeText(error.cause.cause)}: start it with \`npm start\`, or say where it is with --api-url or ANTIPHON_API_URL`,
    );
  }
  return new Failure(`${error.message}: is this the address of the API? It ends with /graphql`);
}

function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  const code = "code" in cause ? String(cause.code) : cause.message;
  return ` (${code})`;
}
