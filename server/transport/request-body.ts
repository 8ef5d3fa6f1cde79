import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import type { BodyHold } from "./body-memory.ts";

/** How much of a refused body is still read, so that the client gets to read the answer. */
const drained = 256 * 1024 * 1024;

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
  const body = await readBytes(request, limit, hold);
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

async function readBytes(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer> {
  const tooLarge = () => {
    drain(request);
    return refusal(413, `The request is larger than ${limit} bytes.`, "REQUEST_TOO_LARGE");
  };
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (finish: () => void) => {
      request.off("data", onData).off("end", onEnd).off("error", onError).off("close", onClose);
      hold.end();
      finish();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) settle(() => reject(tooLarge()));
      else {
        chunks.push(chunk);
        hold.add(chunk.length);
      }
    };
    const onEnd = () =>
      settle(() => resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)));
    const onError = () => settle(() => reject(refusal(400, "The request ended before its body did.")));
    const onClose = onError;
    request.on("data", onData).on("end", onEnd).on("error", onError).on("close", onClose);
  });
}

/** Throws the rest of the body away; a client that does not stop sending is cut off. */
function drain(request: IncomingMessage): void {
  let size = 0;
  request.on("error", () => undefined);
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > drained) request.destroy();
  });
}

function refusal(status: number, message: string, code = "BAD_REQUEST"): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
