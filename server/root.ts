import { existsSync } from "node:fs";
import path from "node:path";

/** The folder with `prisma` and `web` in it: above this file, and above the bundle that is made of it. */
export function findRoot(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "prisma", "migrations"))) return folder;
    if (folder === path.dirname(folder))
      throw new Error(`No folder above ${import.meta.dirname} has prisma/migrations in it.`);
  }
}
