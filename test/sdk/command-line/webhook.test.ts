import { createHmac } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { until } from "../../support/wire.ts";
import { useAntiphon } from "../support/antiphon.ts";
import { antiphonCommand } from "../support/command.ts";
import { scratchFolder } from "../support/folder.ts";

const antiphon = useAntiphon();
const folder = scratchFolder();

const template = '{"event": "pushed", "resource": {"prefect.resource.id": "{{ body.repository }}"}}';
const webhook = (...args: string[]) => antiphonCommand(["webhook", ...args]);

async function send(url: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
  return (await fetch(url, init)).status;
}

it("a webhook is made from a file, sent to, looked at, moved, switched and deleted", {
  timeout: 400_000,
}, async () => {
  const file = path.join(folder(), "pushed.json");
  await writeFile(file, template);
  const created = await webhook(
    "create",
    "pushes",
    "--template",
    `@${file}`,
    "--description",
    "from the repository",
  );
  expect(created.err).toBe("");
  const url = /^Created pushes: (\S+)$/m.exec(created.out)?.[1] ?? "";
  expect(new URL(url).pathname).toMatch(/^\/hooks\/[\w-]{22}$/);
  expect(await send(url, { repository: "r.1" })).toBe(204);
  expect(await send(url, "no repository")).toBe(400);

  const [listed] = JSON.parse((await webhook("ls", "--json")).out);
  expect(listed).toMatchObject({ name: "pushes", url, receivedCount: expect.any(Number), template });
  expect((await webhook("inspect", "pushes")).out).toContain("from the repository");
  expect((await fetch(url, { method: "OPTIONS" })).status).toBe(405);
  const isCounted = async () =>
    (await antiphon.context?.prisma.webhook.count({ where: { refusedByMethod: 1 } })) === 1;
  await until("it is counted", isCounted);
  expect((await webhook("inspect", "pushes")).out).toMatch(/^Turned away +1 by another method \(405\)$/m);
  const deliveries = JSON.parse((await webhook("deliveries", "pushes", "--json")).out);
  expect(deliveries.at(-1)).toMatchObject({ statusCode: 204, body: '{"repository":"r.1"}' });
  const replayed = await webhook("replay", deliveries.at(-1).id);
  expect(replayed).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^It was taken: event [\w-]{36}\.$/m),
  });

  const changed = await webhook(
    "update",
    "pushes",
    "--auth",
    "bearer",
    "--method",
    "POST",
    "--rate",
    "9",
    "--json",
  );
  const { token, ...after } = JSON.parse(changed.out);
  expect(after).toMatchObject({
    url,
    template,
    rateLimit: 9,
    allowedMethods: ["POST"],
    auth: { type: "BEARER" },
  });
  expect(await send(url, { repository: "r.2" })).toBe(401);
  expect(await send(url, { repository: "r.2" }, { authorization: `Bearer ${token}` })).toBe(204);
  expect((await webhook("rotate", "pushes", "--token")).out).toMatch(/shown this once: ahk_/);
  const moved = (await webhook("rotate", "pushes")).out;
  expect(moved).toMatch(/^Moved pushes: /);
  expect(moved).not.toContain(url);
  expect(await send(url, {})).toBe(404);
  expect((await webhook("disable", "pushes")).out).toBe("pushes takes no requests any more.\n");
  expect((await webhook("enable", "pushes")).out).toBe("pushes takes requests.\n");
  expect((await webhook("delete", "pushes", "--yes")).out).toMatch(/^Deleted pushes \(/);
  expect((await webhook("ls")).out).toContain("no webhooks yet");
});

it("a secret is replaced, and a setting changed, without saying again how requests prove themselves", async () => {
  const file = path.join(folder(), "secret.txt");
  await writeFile(file, "the-next-secret\n");
  const made = ["--template", template, "--auth", "hmac", "--secret", "the-first-secret"];
  await webhook("create", "signed", ...made, "--header", "x-sign", "--algorithm", "sha512", "--prefix", "v=");
  const { url } = JSON.parse((await webhook("inspect", "signed", "--json")).out);
  const body = { repository: "r.9" };
  const signed = (secret: string) =>
    send(url, body, {
      "x-sign": `v=${createHmac("sha512", secret).update(JSON.stringify(body)).digest("hex")}`,
    });
  expect(await signed("the-first-secret")).toBe(204);
  const rotated = await webhook("update", "signed", "--secret", `@${file}`);
  expect(rotated).toMatchObject({ code: 0, err: "" });
  expect([await signed("the-first-secret"), await signed("the-next-secret")]).toEqual([401, 204]);
  const changed = await webhook("update", "signed", "--auth", "hmac", "--tolerance", "60", "--json");
  expect(JSON.parse(changed.out).auth).toMatchObject({
    header: "x-sign",
    algorithm: "SHA512",
    prefix: "v=",
    tolerance: 60,
  });
  expect(await signed("the-next-secret")).toBe(204);
  await webhook("update", "signed", "--auth", "none");
  const unsaid = await webhook("update", "signed", "--secret", "something");
  expect(unsaid).toMatchObject({ code: 2, err: expect.stringContaining("say with --auth") });
});

it("what is wrong is said, and nothing is made", async () => {
  const bad = await webhook("create", "bad", "--template", '{"event": "e", "resource": {}}');
  expect(bad).toMatchObject({ code: 1, err: expect.stringContaining("prefect.resource.id") });
  const without = await webhook("create", "bad", "--template", template, "--secret", "something");
  expect(without).toMatchObject({ code: 2, err: expect.stringContaining("--auth") });
  expect(await webhook("inspect", "nothing")).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no webhook "nothing"'),
  });
});
