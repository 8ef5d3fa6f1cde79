import { readFileSync } from "node:fs";
import path from "node:path";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import { expect, it } from "vitest";
import { findRoot } from "../../../server/root.ts";
import { Jail } from "../../../server/template/jail.ts";

const code = readFileSync(path.join(findRoot(), "server/template/dist/jail.js"), "utf8");
const module = await newQuickJSWASMModuleFromVariant(variant);
const jail = new Jail(module, code);
const bytes = () => Buffer.from(module.getWasmMemory().buffer);
const made = Buffer.from(bytes());

const given = { now: 0, url: "http://console", strict: false, zones: {} };
/** More than an instance holds, and its memory grows over it. */
const plenty = "x".repeat(17 * 1024 * 1024);
const endless = "{% for a in l %}{% for b in l[:39] %}{{ [a, b]|sort|unique|list }}{% endfor %}{% endfor %}";

function render(source: string, context: object, budget = 1_000) {
  const templates = [{ source, as: "text" }];
  const told = jail.ask({ op: "together", context, ...given, templates, most: 1e9 }, budget);
  return { told, interrupts: jail.interrupts };
}

const greet = () => render("{% for w in l %}{{ w|upper }}{% endfor %}", { l: [..."hello"] });
const first = greet();

it.each([
  ["rendered", () => render("{{ a }}", { a: "secret" }), /values.*secret/],
  ["failed", () => render("{{ a|round }}", { a: "secret" }), /error.*message/],
  ["took too many steps", () => render(endless, { l: [...Array(50).keys()] }, 2), /broken.*interrupted/],
  ["filled its memory", () => render("{{ a }}", { a: plenty }, 1e9), /out of memory/],
  ["was asked for nothing", () => jail.ask({ op: "together" }, 1_000), /fatal.*TypeError/],
])("an instance that %s is thrown away without a trace", (_, use, says) => {
  jail.renew();
  expect(JSON.stringify(use())).toMatch(says);
  expect(bytes().subarray(0, made.length).equals(made)).toBe(false);
  jail.renew();
  expect(bytes().subarray(0, made.length).equals(made)).toBe(true);
  expect(
    bytes()
      .subarray(made.length)
      .every((byte) => byte === 0),
  ).toBe(true);
  expect(greet()).toEqual(first);
});

it("a new instance has all of its renders before it", () => {
  jail.renew();
  for (let renders = 0; renders < 1_000; renders++) {
    expect(jail.isWorn).toBe(false);
    greet();
  }
  expect(jail.isWorn).toBe(true);
  jail.renew();
  expect(jail.isWorn).toBe(false);
});
