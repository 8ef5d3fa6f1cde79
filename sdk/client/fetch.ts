import type { Connection } from "./connection.ts";
import { type Document, documentText } from "./document.ts";
import { apiError, ConnectionError, nobodyText, reasonText } from "./errors.ts";

/** One request by HTTP, for when the socket is down or not worth opening. `timeout` is in milliseconds; the signal ends it before. */
export async function fetchOnce<T, V extends object>(
  { url, apiKey }: Pick<Connection, "url" | "apiKey">,
  document: Document<T, V>,
  variables: V,
  timeout = 10_000,
  signal?: AbortSignal,
): Promise<T> {
  const body = JSON.stringify({ query: documentText(document), variables });
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body,
    signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
  }).catch((reason: unknown) => {
    throw new ConnectionError(unansweredText(url, reason, timeout), { cause: reason });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (typeof answer !== "object" || answer === null) {
    throw new ConnectionError(`${url} answered ${response.status} and no JSON`);
  }
  if ("errors" in answer && Array.isArray(answer.errors)) throw apiError(answer.errors);
  if (!("data" in answer)) throw new ConnectionError(`${url} answered ${response.status} without data`);
  return answer.data as T; // the document's type says what the server answers
}

function unansweredText(url: string, reason: unknown, timeout: number): string {
  if (reason instanceof DOMException && reason.name === "TimeoutError")
    return `${url} did not answer within ${timeout / 1000} s`;
  if (reason instanceof DOMException && reason.name === "AbortError") return `${url} did not answer in time`;
  // Node's fetch says the reason as its error's cause.
  return nobodyText(url, reasonText(reason instanceof Error ? (reason.cause ?? reason) : reason));
}
