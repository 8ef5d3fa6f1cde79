import type { Connection } from "./connection.ts";
import { type Document, documentText } from "./document.ts";
import { apiError, ConnectionError } from "./errors.ts";

/** One request by HTTP, for when the socket is down or not worth opening. `timeout` is in milliseconds. */
export async function fetchOnce<T, V extends object>(
  { url, apiKey }: Pick<Connection, "url" | "apiKey">,
  document: Document<T, V>,
  variables: V,
  timeout = 10_000,
): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({ query: documentText(document), variables }),
    signal: AbortSignal.timeout(timeout),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer !== "object" || answer === null) {
    throw new ConnectionError(`${url} answered ${response.status} and no JSON`);
  }
  if ("errors" in answer && Array.isArray(answer.errors)) throw apiError(answer.errors);
  if (!("data" in answer)) throw new ConnectionError(`${url} answered ${response.status} without data`);
  return answer.data as T; // the document's type says what the server answers
}
