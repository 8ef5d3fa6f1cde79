import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { commandOf } from "../../setup/root.mjs";
import { type Block, blocksOf, pages, root } from "./support/pages.ts";
import { writeScratch } from "./support/scratch.ts";

const blocks = pages.flatMap(blocksOf);

function where(block: Block): string {
  return `${block.page}:${block.line}`;
}

it("every TypeScript block of the docs fits the SDK's types", { timeout: 120_000 }, () => {
  const code = blocks.filter(({ language }) => language === "ts" || language === "tsx");
  expect(code.length).toBeGreaterThan(15);
  const names = code.map(
    ({ page, line, language }) => `${page.replace(/\W/g, "-")}-line-${line}.${language}`,
  );
  const tsconfig = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: {
      lib: ["es2023", "es2024.string", "esnext.disposable", "dom", "dom.iterable"],
      jsx: "react-jsx",
      paths: { antiphon: [path.join(root, "sdk/index.ts")] },
    },
    include: [],
    exclude: [],
    files: names,
  };
  const folder = writeScratch({
    "tsconfig.json": JSON.stringify(tsconfig),
    ...Object.fromEntries(code.map(({ text }, at) => [names[at] ?? "", `${text}\nexport {};\n`])),
  });
  const { stdout, status } = spawnSync(
    process.execPath,
    [commandOf("typescript", "tsc"), "-p", folder, "--noEmit", "--pretty", "false"],
    { cwd: folder, encoding: "utf8" },
  );
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

it("every GraphQL block of the docs fits the schema", () => {
  const schema = buildSchema(readFileSync(path.join(root, "schema.graphql"), "utf8"));
  const documents = blocks.filter(({ language }) => language === "graphql");
  expect(documents.length).toBeGreaterThan(2);
  for (const block of documents) {
    const errors = validate(schema, parse(block.text));
    expect(errors.map(({ message }) => `${where(block)}: ${message}`)).toEqual([]);
  }
});

it("every block of code is no wider than a page shows", () => {
  for (const block of blocks)
    for (const line of block.text.split("\n"))
      expect(line.length, `${where(block)}: ${line}`).toBeLessThanOrEqual(120);
});
