import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import type { BodyHold } from "./body-memory.ts";
import { BodyCutOffError, BodyTooLargeError, drain, readBytes } from "./read-bytes.ts";

/**
 * Reads the body of a GraphQL request: JSON in UTF-8.
 *
 * @param limit bytes
 * @param hold its part of the memory for bodies
 * @returns what it says, and its bytes
 * @throws GraphQLError that says what is wrong with it, with the HTTP status
 */
export async function readRequestBody(
  request: IncomingMessage,
  limit: number,
  hold: BodyHold,
): Promise<{ value: object; bytes: number }> {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json" && type !== "application/graphql+json") {
    drain(request);
    throw refusal(415, `The content type is ${type ?? "missing"}, and has to be application/json.`);
  }
  const body = await readJsonBytes(request, limit, hold);
  if (!isUtf8(body)) throw refusal(400, "The body is not valid UTF-8.");
  const value = parseJson(body.toString("utf8"));
  if (typeof value === "object" && value !== null) return { value, bytes: body.length };
  throw refusal(
    400,
    `The body is ${value === null ? "null" : `a ${typeof value}`}, and has to be an object with a query.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? ` (${error.message})` : "";
    throw refusal(400, `The body is not valid JSON${why}.`);
  }
}

async function readJsonBytes(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer> {
  try {
    return await readBytes(request, limit, hold);
  } catch (error) {
    if (error instanceof BodyTooLargeError)
      throw refusal(413, `The request is larger than ${limit} bytes.`, "REQUEST_TOO_LARGE");
    if (error instanceof BodyCutOffError) throw refusal(400, "The request ended before its body did.");
    throw error;
  }
}

function refusal(status: number, message: string, code = "BAD_REQUEST"): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
