import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../../server/env.ts";
import { createOriginPolicy } from "../../server/transport/origin.ts";
import { Lines } from "../support/lines.ts";
import { SocketClient, startTestServer, type TestServer } from "../support/wire.ts";

describe("whose pages may call", () => {
  const own = "127.0.0.1:4200";
  it.each<{
    env?: Record<string, string>;
    host?: string;
    origin?: string;
    site?: string;
    mode?: string;
    taken: boolean;
  }>([
    { taken: true },
    { origin: "http://127.0.0.1:4200", taken: true },
    { origin: "http://localhost:3000", taken: true },
    { origin: "https://[::1]:8443", taken: true },
    { origin: "http://console.localhost", taken: true },
    { origin: "https://evil.example", taken: false },
    { origin: "http://127.0.0.1.evil.example", taken: false },
    { origin: "http://localhost.evil.example", taken: false },
    { origin: "null", taken: false },
    { origin: "nonsense", taken: false },
    { site: "cross-site", mode: "no-cors", taken: false },
    { site: "cross-site", mode: "navigate", taken: true },
    { site: "same-origin", mode: "cors", taken: true },
    // A name that somebody made lead here.
    { host: "evil.example:4200", taken: false },
    { host: "evil.example:4200", origin: "http://evil.example:4200", taken: false },
    { host: "localhost:4200", origin: "http://localhost:4200", taken: true },
    {
      env: { ANTIPHON_PUBLIC_URL: "https://a.example/x/" },
      host: "a.example",
      origin: "https://a.example",
      taken: true,
    },
    { env: { ANTIPHON_PUBLIC_URL: "https://a.example" }, origin: "http://a.example", taken: false },
    {
      env: { ANTIPHON_ALLOWED_ORIGINS: "https://b.example, https://c.example:8443/" },
      origin: "https://c.example:8443",
      taken: true,
    },
    { env: { ANTIPHON_ALLOWED_ORIGINS: "https://b.example" }, origin: "https://c.example", taken: false },
    { env: { HOST: "0.0.0.0" }, host: "192.168.1.5:4200", origin: "http://192.168.1.5:4200", taken: true },
    { env: { HOST: "0.0.0.0" }, host: "localhost:4200", origin: "http://localhost:4200", taken: true },
    { env: { HOST: "0.0.0.0" }, host: "192.168.1.5:4200", origin: "http://localhost:3000", taken: false },
    { env: { HOST: "0.0.0.0" }, host: "192.168.1.5:4200", origin: "http://192.168.1.6:4200", taken: false },
    { env: { HOST: "0.0.0.0" }, host: "evil.example:4200", origin: "http://evil.example:4200", taken: false },
    { env: { HOST: "0.0.0.0" }, host: "any.example:4200", taken: true },
  ])("%j", ({ env, host, origin, site, mode, taken }) => {
    const policy = createOriginPolicy(readSettings(env ?? {}));
    const headers = { host: host ?? own, origin, "sec-fetch-site": site, "sec-fetch-mode": mode };
    const refusal = policy.refusal(headers);
    if (taken) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(/\./);
  });
});

describe("over the wire", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      schema: new Lines().schema,
      env: { ANTIPHON_ALLOWED_ORIGINS: "https://friend.example" },
    });
  });
  afterAll(async () => server.close());

  const call = (headers: Record<string, string>, method = "POST") =>
    fetch(server.url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: method === "POST" ? '{"query":"{ count }"}' : undefined,
    });

  it("answers friends, so that their browsers let them read it", async () => {
    const response = await call({ origin: "https://friend.example" });
    expect(await response.json()).toEqual({ data: { count: 0 } });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://friend.example");
    expect(response.headers.get("vary")).toContain("origin");
  });

  it("tells browsers before they send", async () => {
    const response = await call(
      {
        origin: "https://friend.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,authorization",
      },
      "OPTIONS",
    );
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://friend.example");
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
  });

  it("refuses others, says what to do, and lets them read nothing", async () => {
    for (const method of ["POST", "OPTIONS", "GET"]) {
      const response = await call({ origin: "https://evil.example", accept: "text/event-stream" }, method);
      expect(response.status).toBe(403);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect(await response.text()).toContain("ANTIPHON_ALLOWED_ORIGINS");
    }
  });

  it("refuses others' sockets at the upgrade, and takes friends' and programs'", async () => {
    await expect(SocketClient.connect(server.url, { origin: "https://evil.example" })).rejects.toThrow("403");
    const taken: Record<string, string>[] = [
      { origin: "https://friend.example" },
      { origin: "http://localhost:9" },
      {},
    ];
    for (const headers of taken) await (await SocketClient.connect(server.url, headers)).close();
  });

  it("refuses hosts that it is not", async () => {
    const status = await new Promise((resolve) => {
      const asked = request(server.url, { method: "GET", headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.end();
    });
    expect(status).toBe(403);
  });

  it("is healthy and ready whoever asks, and nothing elsewhere", async () => {
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
    expect((await fetch(`${server.origin}/nothing`)).status).toBe(404);
    await expect(SocketClient.connect(`${server.origin}/nothing`)).rejects.toThrow("404");
  });

  it("shows GraphiQL to browsers, compressed and cached, with nothing from elsewhere", async () => {
    const page = await fetch(server.url, { headers: { accept: "text/html,application/xhtml+xml" } });
    const html = await page.text();
    expect(page.headers.get("content-encoding")).toBe("gzip");
    expect(html).toContain('"subscriptionsProtocol":"WS"');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    const etag = page.headers.get("etag") ?? "";
    const again = await fetch(server.url, { headers: { accept: "text/html", "if-none-match": etag } });
    expect(again.status).toBe(304);
  });
});
