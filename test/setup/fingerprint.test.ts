import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isFresh, markFresh } from "../../setup/fingerprint.mjs";
import { root } from "../../setup/root.mjs";

/** A result's folder with some files, as the steps name it. */
function result(): { name: string; at: (file: string) => string } {
  const folder = mkdtempSync(path.join(tmpdir(), "antiphon-result-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (file: string) => path.join(folder, file);
  mkdirSync(at("parts"));
  mkdirSync(at("cache"));
  for (const file of ["main.js", "parts/a.js", "cache/b"]) writeFileSync(at(file), "made");
  return { name: path.relative(root, folder), at };
}

it("a result is fresh once it is marked, for the inputs that it was made from alone", () => {
  const { name } = result();
  expect(isFresh(name, "one")).toBe(false);
  markFresh(name, "one");
  expect([isFresh(name, "one"), isFresh(name, "two")]).toEqual([true, false]);
});

it.each(["main.js", "parts/a.js", "parts", ".stamp", ""])(
  "it is not where %j of it was removed",
  (removed) => {
    const { name, at } = result();
    markFresh(name, "one");
    rmSync(at(removed), { recursive: true });
    expect(isFresh(name, "one")).toBe(false);
  },
);

it("what a tool keeps there for itself may come and go", () => {
  const { name, at } = result();
  markFresh(name, "one");
  rmSync(at("cache"), { recursive: true });
  writeFileSync(at("more.js"), "written while it is used");
  expect(isFresh(name, "one")).toBe(true);
});
