#!/usr/bin/env node
import { existsSync } from "node:fs";

// In the repository this file is there before the command line is built.
const built = new URL("../dist/cli.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error("antiphon: the command line is not built yet: run `npm run build` in the repository");
  process.exitCode = 1;
}
