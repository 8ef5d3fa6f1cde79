import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { findRoot } from "../../../server/root.ts";
import { Jail } from "../../../server/template/jail.ts";

const code = readFileSync(path.join(findRoot(), "server/template/dist/jail.js"), "utf8");
const jail = await Jail.open(code);
const made = Buffer.from(jail.bytes);

const given = { now: 0, url: "http://console", strict: false, zones: {} };
/** More than an instance holds, in one piece and in many small ones. */
const long = "x".repeat(17 * 1024 * 1024);
const many = Array.from({ length: 500_000 }, () => ({}));
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
  ["was given too long a text", () => render("{{ a }}", { a: long }, 1e9), /out of memory/],
  ["was given too many things", () => render("{{ a|length }}", { a: many }, 1e9), /out of memory/],
  ["was asked for nothing", () => jail.ask({ op: "together" }, 1_000), /fatal.*TypeError/],
])("an instance that %s is thrown away without a trace", (_, use, says) => {
  jail.renew();
  expect(JSON.stringify(use())).toMatch(says);
  expect(Buffer.compare(jail.bytes.subarray(0, made.length), made)).not.toBe(0);
  jail.renew();
  expect(Buffer.compare(jail.bytes.subarray(0, made.length), made)).toBe(0);
  expect(jail.bytes.subarray(made.length).every((byte) => byte === 0)).toBe(true);
  expect(jail.bytes.length).toBeLessThanOrEqual(32 * 1024 * 1024);
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
