import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.join(import.meta.dirname, "../../..");

/** A fenced block of a page. */
export interface Block {
  /** The page's path from the repository's folder. */
  page: string;
  /** Of its first line of code. */
  line: number;
  language: string;
  /** What its info string names as `file=…`; undefined where it does not. */
  file: string | undefined;
  text: string;
}

/** The pages that people read, by their paths. */
export const pages: readonly string[] = [
  "README.md",
  "sdk/README.md",
  ...readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export function textOf(page: string): string {
  return readFileSync(path.join(root, page), "utf8");
}

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const text = textOf(page);
  for (const match of text.matchAll(/^```(\w*)([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const [, language = "", info = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length + 1;
    blocks.push({ page, line, language, file: /file=(\S+)/.exec(info)?.[1], text: code });
  }
  return blocks;
}

/** The block that a page names so. */
export function namedBlock(page: string, file: string): Block {
  const block = blocksOf(page).find((one) => one.file === file);
  if (!block) throw new Error(`${page} has no block file=${file}`);
  return block;
}
