import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { automationWarnings } from "../../core/automation/warnings.ts";
import { blockType, blockTypes } from "../../core/block/block-types.ts";
import { checkDocument } from "../../core/block/check-document.ts";
import { signatureHeaders } from "../../server/outgoing/signature.ts";
import { blocksOf, textOf } from "./support/pages.ts";
import { writeScratch } from "./support/scratch.ts";

const page = "docs/notifications.md";
const blocks = blocksOf(page);

it("the automations of the page are valid, without a doubt", () => {
  const files = blocks.filter(({ language }) => language === "yaml");
  expect(files.length).toBe(4);
  for (const { text } of files) expect(automationWarnings(parseAutomationDocument(parse(text)))).toEqual([]);
});

it("the custom webhook of the page is one", () => {
  const custom = blockType("custom-webhook");
  const [{ text } = { text: "" }] = blocks.filter(({ language }) => language === "json");
  expect(custom && checkDocument(custom, JSON.parse(text))).toMatchObject({ ok: true });
});

it("every type of block is on the page", () => {
  for (const { slug } of blockTypes.filter((type) => type.slug !== "json"))
    expect(textOf(page)).toMatch(new RegExp(`^\\| \`${slug}\` \\|`, "m"));
});

it("the page's receiver knows our calls from others", async () => {
  const source = blocks.find(({ text }) => text.includes("isOurs"))?.text ?? "";
  const folder = writeScratch({});
  const file = path.join(folder, "verify-webhook.mjs");
  writeFileSync(file, (await transform(source, { loader: "ts" })).code);
  const { isOurs } = await import(pathToFileURL(file).href);
  const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
  const old = `whsec_${Buffer.alloc(24, 2).toString("base64")}`;
  const now = Date.now();
  const call = (secrets: string[], at = now) =>
    new Headers(signatureHeaders({ id: "1", timestamp: new Date(at), body: "b" }, secrets));
  expect(isOurs(call([secret]), "b", secret, now)).toBe(true);
  expect(isOurs(call([old, secret]), "b", secret, now)).toBe(true);
  expect(isOurs(call([secret]), "B", secret, now)).toBe(false);
  expect(isOurs(call([old]), "b", secret, now)).toBe(false);
  expect(isOurs(call([]), "b", secret, now)).toBe(false);
  expect(isOurs(call([secret], now - 301_000), "b", secret, now)).toBe(false);
});
