import type { IncomingMessage } from "node:http";
import type { BodyHold } from "./body-memory.ts";

/** How much of a refused body is still read, so that the client gets to read the answer. */
const drained = 256 * 1024 * 1024;

/** The body has more bytes than are taken. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

/** The client went before its body had come whole. */
export class BodyCutOffError extends Error {
  override readonly name = "BodyCutOffError";
}

/**
 * Reads a request's body as it comes.
 *
 * @param limit bytes
 * @param hold its part of the memory for bodies
 * @throws BodyTooLargeError
 * @throws BodyCutOffError
 */
export async function readBytes(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer> {
  const tooLarge = () => {
    drain(request);
    return new BodyTooLargeError(`larger than ${limit} bytes`);
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
    const onError = () => settle(() => reject(new BodyCutOffError("the client went")));
    const onClose = onError;
    request.on("data", onData).on("end", onEnd).on("error", onError).on("close", onClose);
  });
}

/** Throws the rest of the body away; a client that does not stop sending is cut off. */
export function drain(request: IncomingMessage): void {
  let size = 0;
  request.on("error", () => undefined);
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > drained) request.destroy();
  });
}
