import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { pages, root, textOf } from "./support/pages.ts";

/** The heading's name in a link, as it is made on the usual sites. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
}

it("every link between pages leads somewhere", () => {
  for (const page of pages)
    for (const [, target = ""] of textOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [file = "", name] = target.split("#");
      const linked = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
      expect(existsSync(path.join(root, linked)), `${page} links to ${target}`).toBe(true);
      if (name !== undefined) expect(anchorsOf(linked), `${page} links to ${target}`).toContain(name);
    }
});

it("every page of the docs is reached from the README", () => {
  for (const page of pages.filter((one) => one.startsWith("docs/")))
    expect(textOf("README.md")).toContain(`](${page})`);
});

it("every example is in the README", () => {
  const examples = readdirSync(path.join(root, "examples")).filter((name) => name.endsWith(".ts"));
  for (const name of examples) expect(textOf("README.md")).toContain(`](examples/${name})`);
});

it("every setting of the server is on its page, and none besides", () => {
  const source = readFileSync(path.join(root, "server/env.ts"), "utf8");
  const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  const [server = ""] = textOf("docs/settings.md").split("## Your programs");
  const described = [...server.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(described).toEqual(settings);
});
