import { isIP } from "node:net";
import type { Settings } from "../env.ts";

/** Whose pages may call this server. */
export interface OriginPolicy {
  /**
   * Why a request is refused, or undefined if it is not.
   *
   * @param headers of the request, with `host` and, from browsers, `origin` and `sec-fetch-site`
   */
  refusal(headers: RequestHeaders): string | undefined;
}

interface RequestHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
  "sec-fetch-mode"?: string | string[] | undefined;
}

/**
 * Browsers' requests are taken from the server's own pages, from pages on this machine while the server listens
 * on a loopback address, and from ANTIPHON_ALLOWED_ORIGINS. Programs send no Origin and are not asked for one.
 *
 * While the server listens on a loopback address, the Host has to be one too (or the public or an allowed one):
 * otherwise any site could have its own name lead here, and its pages would count as the server's own.
 */
export function createOriginPolicy(settings: Settings): OriginPolicy {
  const publicUrl = new URL(settings.publicUrl);
  const allowed = new Set([publicUrl.origin, ...settings.allowedOrigins]);
  const hosts = new Set([...allowed].map((origin) => new URL(origin).hostname));
  const onLoopback = isLoopback(bare(settings.host));

  const isServed = (host: string) => !onLoopback || isLoopback(host) || hosts.has(host);
  /** An address cannot be made to lead elsewhere as a name can. */
  const isOwn = (origin: URL, host: string | undefined) =>
    origin.host === host && (isIP(bare(origin.hostname)) !== 0 || isLoopback(origin.hostname));

  return {
    refusal({ host, origin, ...fetch }) {
      const hostname = host === undefined ? undefined : hostnameOf(host);
      if (hostname !== undefined && !isServed(hostname))
        return `This server is not ${host}. If it should be, set ANTIPHON_PUBLIC_URL to its address.`;
      if (origin === undefined)
        return fetch["sec-fetch-site"] === "cross-site" && fetch["sec-fetch-mode"] !== "navigate"
          ? "Another site's page may not call this server without saying its origin."
          : undefined;
      if (allowed.has(origin)) return undefined;
      const url = URL.canParse(origin) ? new URL(origin) : undefined;
      if (url !== undefined && (isOwn(url, host) || (onLoopback && isLoopback(url.hostname))))
        return undefined;
      return `Pages of ${origin} may not call this server. To allow it, add it to ANTIPHON_ALLOWED_ORIGINS.`;
    },
  };
}

/** Whether a name or address always means this machine. IPv6 may be in brackets. */
function isLoopback(host: string): boolean {
  const name = bare(host.toLowerCase());
  if (isIP(name) === 4) return name.startsWith("127.");
  return name === "::1" || name === "localhost" || name.endsWith(".localhost");
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

function hostnameOf(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : host;
}
