import type { LookupAddress } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";

/** One request to one origin, whose addresses have been checked. */
export interface Hop {
  readonly url: URL;
  readonly addresses: readonly LookupAddress[];
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly verify: boolean;
  readonly signal: AbortSignal;
}

/** Bytes of an answer that are read. */
const mostBytes = 64 * 1024;

/** Sends it and reads the answer's beginning. Throws what the connection throws. */
export async function sendHop(hop: Hop): Promise<{ response: IncomingMessage; body: string }> {
  const response = await answerTo(hop);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes: Buffer = chunk; // no encoding was set
    chunks.push(bytes);
    size += bytes.length;
    // Leaving the loop ends the connection.
    if (size >= mostBytes) break;
  }
  return { response, body: Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8") };
}

function answerTo({ url, addresses, method, headers, body, verify, signal }: Hop): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_host, options, found) => {
    const [first] = addresses;
    if (options.all) found(null, [...addresses]);
    else found(null, first?.address ?? "", first?.family);
  };
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      // Node would take the name's old connections, or a proxy's, from an agent.
      agent: false,
      lookup,
      signal,
      rejectUnauthorized: verify,
      maxHeaderSize: 16 * 1024,
      headers: {
        "user-agent": "antiphon",
        ...headers,
        "accept-encoding": "identity",
        ...(body !== null && { "content-length": String(Buffer.byteLength(body)) }),
      },
    });
    request.on("response", resolve);
    request.on("error", reject);
    // Bytes: with text, Node would send the headers in the text's encoding.
    request.end(body === null ? undefined : Buffer.from(body));
  });
}
