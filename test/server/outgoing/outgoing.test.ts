import { isIPv6 } from "node:net";
import { afterEach, expect, it } from "vitest";
import { readAllowedAddresses } from "../../../server/outgoing/allowed-addresses.ts";
import { createOutgoing } from "../../../server/outgoing/outgoing.ts";
import type { OutgoingRequest } from "../../../server/outgoing/request.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";

const open: Receiver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

async function receiver(options?: { tls: boolean }): Promise<Receiver> {
  const started = await startReceiver(options);
  open.push(started);
  return started;
}

/** The names of the tests' own world; every look-up is noted. */
function world(names: Record<string, string[]>, allowed: string[] = ["127.0.0.1"]) {
  const lookups: string[] = [];
  const outgoing = createOutgoing(readAllowedAddresses(allowed).allowed, async (host) => {
    lookups.push(host);
    const found = names[host];
    if (found === undefined) throw Object.assign(new Error("nothing"), { code: "ENOTFOUND" });
    return found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  });
  return { outgoing, lookups };
}

function post(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return { url, method: "POST", headers: {}, body: "hello", ...more };
}

it("connects to the address that was checked, with the host's name, and looks it up once", async () => {
  const { port, received } = await receiver();
  const { outgoing, lookups } = world({ "hooks.test": ["127.0.0.1"] });
  const url = `http://hooks.test:${port}/a?b=c`;
  expect(await outgoing.send(post(url, { ownHeaders: { "X-Own": "1" } }))).toMatchObject({
    kind: "answered",
    status: 200,
  });
  expect(received).toMatchObject([
    {
      method: "POST",
      path: "/a?b=c",
      body: "hello",
      headers: { host: `hooks.test:${port}`, "x-own": "1", "content-length": "5" },
    },
  ]);
  expect(lookups).toEqual(["hooks.test"]);
});

it("asks for the certificate of the name, and refuses to talk where it is not good", async () => {
  const { port, received } = await receiver({ tls: true });
  const { outgoing } = world({ "receiver.test": ["127.0.0.1"] });
  const url = `https://receiver.test:${port}/secret-path`;
  const refused = await outgoing.send(post(url));
  expect(refused).toMatchObject({ kind: "failed", reason: expect.stringMatching(/self-signed certificate/) });
  expect(JSON.stringify(refused)).not.toContain("secret-path");
  expect(received).toEqual([]);
  expect(await outgoing.send(post(url, { verify: false }))).toMatchObject({ kind: "answered", status: 200 });
  expect(received[0]?.serverName).toBe("receiver.test");
});

it.each([
  ["a name of the cloud's metadata", "http://meta.test/"],
  ["a name with one private address among public ones", "http://mixed.test/"],
  ["a name of a mapped address", "http://mapped.test/"],
  ["an address", "http://127.0.0.2/"],
  ["an address in numbers", "http://2130706434/"],
  ["a mapped address", "http://[::ffff:127.0.0.2]/"],
  ["a translated address", "http://[64:ff9b::7f00:2]/"],
])("case 74: %s is refused, and nothing is connected", async (_what, url) => {
  const { outgoing } = world({
    "meta.test": ["169.254.169.254"],
    "mixed.test": ["93.184.216.34", "10.0.0.1"],
    "mapped.test": ["::ffff:127.0.0.2"],
  });
  expect(await outgoing.send(post(url))).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("ANTIPHON_ALLOW_PRIVATE_ADDRESSES"),
  });
});

it.each(["ftp://hooks.test/", "file:///etc/passwd", "data:,a"])("only HTTP is spoken: %s", async (url) => {
  const { outgoing, lookups } = world({ "hooks.test": ["93.184.216.34"] });
  expect(await outgoing.send(post(url))).toMatchObject({ kind: "refused" });
  expect(lookups).toEqual([]);
});

it("case 74: a redirect to a private address is refused", async () => {
  const { port, received, answers } = await receiver();
  const { outgoing } = world({ "hooks.test": ["127.0.0.1"], "meta.test": ["169.254.169.254"] });
  answers.push({ status: 307, headers: { location: "http://meta.test/latest" } });
  expect(await outgoing.send(post(`http://hooks.test:${port}/`, { followRedirects: true }))).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("169.254.169.254"),
  });
  expect(received).toHaveLength(1);
});

it("a redirect is an answer unless redirects are wanted", async () => {
  const { origin, received, answers } = await receiver();
  answers.push({ status: 302, headers: { location: "/elsewhere" } });
  expect(await world({}).outgoing.send(post(origin))).toMatchObject({ kind: "answered", status: 302 });
  expect(received).toHaveLength(1);
});

it("a followed redirect keeps method and body at 307, and gets at 303; to another origin no header of one's own goes", async () => {
  const [here, there] = [await receiver(), await receiver()];
  const more = { followRedirects: true, ownHeaders: { authorization: "Bearer secret" } };
  const headers = { "content-type": "text/plain", "webhook-id": "1" };
  here.answers.push({ status: 307, headers: { location: "/again" } });
  here.answers.push({ status: 307, headers: { location: `${there.origin}/a` } });
  await world({}).outgoing.send(post(here.origin, { ...more, headers }));
  expect(here.received[1]).toMatchObject({ method: "POST", path: "/again", body: "hello" });
  expect(here.received[1]?.headers.authorization).toBe("Bearer secret");
  expect(there.received[0]).toMatchObject({ method: "POST", path: "/a", body: "hello" });
  expect(there.received[0]?.headers).not.toHaveProperty("authorization");
  expect(there.received[0]?.headers["webhook-id"]).toBe("1");

  here.answers.push({ status: 303, headers: { location: `${there.origin}/b` } });
  await world({}).outgoing.send(post(here.origin, { ...more, headers }));
  expect(there.received[1]).toMatchObject({ method: "GET", path: "/b", body: "" });
  expect(there.received[1]?.headers).not.toHaveProperty("content-type");
});

it("redirects without end are refused after five", async () => {
  const { origin, received, answers } = await receiver();
  answers.push(...Array.from({ length: 9 }, () => ({ status: 307, headers: { location: "/round" } })));
  expect(await world({}).outgoing.send(post(origin, { followRedirects: true }))).toMatchObject({
    kind: "refused",
  });
  expect(received).toHaveLength(6);
});

it("whoever does not answer in time has failed", async () => {
  const { origin, answers } = await receiver();
  answers.push("never");
  expect(await world({}).outgoing.send(post(`${origin}/secret?a=b`, { timeout: 50 }))).toEqual({
    kind: "failed",
    reason: `${origin}: no answer within 0.05 s`,
  });
});

it("a name that is resolved never ends in time, too", async () => {
  const outgoing = createOutgoing(readAllowedAddresses([]).allowed, () => new Promise(() => undefined));
  expect(await outgoing.send(post("http://slow.test/", { timeout: 50 }))).toMatchObject({
    kind: "failed",
    reason: "http://slow.test: no answer within 0.05 s",
  });
});

it("nobody there, and no such name, are failures", async () => {
  const { origin, close } = await startReceiver();
  await close();
  expect(await world({}).outgoing.send(post(origin))).toMatchObject({
    kind: "failed",
    reason: expect.stringContaining("ECONNREFUSED"),
  });
  expect(await world({}).outgoing.send(post("http://unknown.test/"))).toEqual({
    kind: "failed",
    reason: "the name unknown.test could not be resolved (ENOTFOUND)",
  });
});

it("of an answer without end 64 KiB are read", async () => {
  const { origin, answers } = await receiver();
  answers.push({ body: "x".repeat(1_000_000) });
  const result = await world({}).outgoing.send(post(origin));
  expect(result.kind === "answered" && result.body.length).toBe(64 * 1024);
});
