import type { IncomingHttpHeaders } from "node:http";
import type { AllowedAddresses } from "./allowed-addresses.ts";
import { checkHost, type Resolve, resolveBySystem } from "./check-host.ts";
import { sendHop } from "./hop.ts";
import type { OutgoingRequest, OutgoingResult } from "./request.ts";

const defaultTimeout = 10_000;
const mostRedirects = 5;

/** The one way in which the server calls others over HTTP. */
export interface Outgoing {
  send(request: OutgoingRequest): Promise<OutgoingResult>;
  readonly allowed: AllowedAddresses;
  readonly resolve: Resolve;
}

/** Calls to anything public, and to the private addresses that are allowed. */
export function createOutgoing(allowed: AllowedAddresses, resolve: Resolve = resolveBySystem): Outgoing {
  return { allowed, resolve, send: (request) => sendOutgoing(request, allowed, resolve) };
}

interface Next {
  url: URL;
  method: string;
  body: string | null;
}

async function sendOutgoing(
  request: OutgoingRequest,
  allowed: AllowedAddresses,
  resolve: Resolve,
): Promise<OutgoingResult> {
  if (!URL.canParse(request.url)) return refused("the address is no URL");
  const timeout = request.timeout ?? defaultTimeout;
  const late = AbortSignal.timeout(timeout);
  const signal = request.signal ? AbortSignal.any([late, request.signal]) : late;
  const origin = new URL(request.url).origin;
  let next: Next = { url: new URL(request.url), method: request.method, body: request.body };
  for (let redirects = 0; ; redirects += 1) {
    const { url, method, body } = next;
    if (url.protocol !== "http:" && url.protocol !== "https:")
      return refused(`only http and https are called, and not ${url.protocol}`);
    try {
      const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
      const checked = await until(signal, checkHost(host, allowed, resolve));
      if (checked.kind !== "checked") return checked;
      const answer = await sendHop({
        url,
        addresses: checked.addresses,
        method,
        headers: headersFor(request, url.origin === origin, body === null && request.body !== null),
        body,
        verify: request.verify ?? true,
        signal,
      });
      const status = answer.response.statusCode ?? 0;
      const { location } = answer.response.headers;
      if (request.followRedirects !== true || !isRedirect(status) || location === undefined)
        return {
          kind: "answered",
          status,
          headers: plainHeaders(answer.response.headers),
          body: answer.body,
        };
      if (redirects === mostRedirects) return refused(`it redirects more than ${mostRedirects} times`);
      const target = redirected(next, status, location);
      if (target === null) return refused("it redirects to something that may not be called");
      next = target;
    } catch (error) {
      const what = late.aborted ? `no answer within ${timeout / 1000} s` : describe(error);
      return { kind: "failed", reason: `${url.origin}: ${what}` };
    }
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Where it leads, as browsers see it; null for what is no URL, or no longer secret. */
function redirected({ url, method, body }: Next, status: number, location: string): Next | null {
  if (!URL.canParse(location, url)) return null;
  const target = new URL(location, url);
  if (url.protocol === "https:" && target.protocol !== "https:") return null;
  const becomesGet = status === 303 || (status < 303 && method === "POST");
  return becomesGet ? { url: target, method: "GET", body: null } : { url: target, method, body };
}

function headersFor(request: OutgoingRequest, home: boolean, bodyDropped: boolean): Record<string, string> {
  const headers = { ...request.headers, ...(home ? request.ownHeaders : {}) };
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([name]) => !(bodyDropped && name.startsWith("content-"))));
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

function refused(reason: string): OutgoingResult {
  return { kind: "refused", reason };
}

/** What Node says of a connection: codes and addresses, no paths. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** The look-up cannot be called off. */
function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error("given up"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
