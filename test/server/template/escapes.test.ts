import { afterAll, describe, expect, it } from "vitest";
import { TemplateError } from "../../../core/template/template-error.ts";
import { patientTemplates, problemOf, rendered } from "../../support/templates.ts";

const templates = patientTemplates();
afterAll(() => templates.close());

const context = { s: "text", l: [1, 2], o: { a: 1 }, x: null, users: [{ name: "a" }], n: 5 };

/** Rendered, or nothing where that is refused: never what a way out would print. */
async function outcome(source: string): Promise<string> {
  try {
    return await rendered(templates, source, context);
  } catch (error) {
    if (error instanceof TemplateError) return "";
    throw error;
  }
}

describe("actions 3.9: no way out", () => {
  it.each([
    ["1: the constructor of a function", `{{ range.constructor("return 7")() }}`],
    ["1: of cycler", `{{ cycler.constructor("return 7")() }}`],
    ["1: of what cycler makes", `{{ cycler("a").constructor("return 7")() }}`],
    ["1: of joiner", `{{ joiner().constructor("return 7")() }}`],
    ["1: of a macro", `{% macro m() %}{% endmacro %}{{ m.constructor("return 7")() }}`],
    [
      "1: of caller",
      `{% macro m() %}{{ caller.constructor("return 7")() }}{% endmacro %}{% call m() %}{% endcall %}`,
    ],
    ["1: of the loop", `{% for i in l %}{{ loop.constructor("return 7")() }}{% endfor %}`],
    ["1: of a method", `{{ s.upper.constructor("return 7")() }}`],
    ["1: of a namespace", `{{ namespace().constructor.constructor("return 7")() }}`],
    ["2: the constructor of a text", `{{ "".constructor.constructor("return 7")() }}`],
    ["2: of a list", `{{ [].constructor.constructor("return 7")() }}`],
    ["2: of an object", `{{ {}.constructor.constructor("return 7")() }}`],
    ["2: of a value", `{{ n.constructor.constructor("return 7")() }}`],
    ["2: by a key made at run time", `{{ s["con" ~ "structor"]["con" ~ "structor"]("return 7")() }}`],
    ["2: by a key with escapes", `{{ s["\\x63onstructor"].constructor("return 7")() }}`],
    ["3: constructor by its bare name", "{{ constructor }}"],
    ["3: called", `{{ constructor("return 7")() }}`],
    ["3: toString", "{{ toString }}{{ toString() }}"],
    ["3: valueOf, which answers the engine's context", "{{ valueOf() }}"],
    ["3: its environment", "{{ valueOf().env }}"],
    ["3: __defineGetter__", `{{ __defineGetter__("a", range) }}`],
    ["3: __proto__", "{{ __proto__ }}{{ o.__proto__ }}{{ s.__proto__ }}"],
    ["3: prototype", "{{ range.prototype }}{{ o.prototype }}"],
    [
      "3: what the code of templates names",
      "{{ rt }}{{ scope }}{{ output }}{{ runtime }}{{ globalThis }}{{ env }}{{ context }}",
    ],
    ["4: join by attribute", `{{ [range]|join(",", "constructor") }}{{ ["a"]|join(",", "constructor") }}`],
    ["4: sum by attribute", `{{ ["a"]|sum("constructor") }}`],
    ["4: sort by attribute", `{{ ["a","b"]|sort(attribute="constructor")|first|attr("constructor") }}`],
    ["4: groupby", `{% for g, i in ["a"]|groupby("constructor") %}{{ g }}{% endfor %}`],
    ["4: selectattr", `{{ users|selectattr("constructor")|length or "" }}`],
    ["4: map by attribute", `{{ ["a"]|map(attribute="constructor")|first }}`],
    ["4: map by attribute, dotted", `{{ ["a"]|map(attribute="constructor.constructor")|first }}`],
    ["4: attr", `{{ s|attr("constructor") }}{{ s|attr("__class__") }}`],
    ["4: max and min", `{{ ["a","b"]|max(attribute="constructor")|attr("constructor") }}`],
    ["4: unique", `{{ ["a"]|unique(attribute="constructor")|map(attribute="constructor")|first }}`],
    ["4: format", `{{ "{0.constructor}".format(s) }}{{ "%(constructor)s"|format(a=1) }}`],
    ["actions 62: __type__", "{{ o.__type__ }}{{ x.__class__ }}"],
  ])("%s", async (_name, source) => {
    expect(await outcome(source)).toBe("");
  });

  it("5: a regular expression is refused", async () => {
    expect(await templates.check(["{{ r/(a+)+$/.test(s) }}"])).toMatchObject([
      [{ message: "regular expressions are not supported in templates", line: 1, column: 4 }],
    ]);
  });

  it.each([
    ["center", `{{ "x"|center(50000000) }}`],
    ["range", "{{ range(n * 1000000)|length }}"],
    [
      "doubling a text",
      `{% set ns = namespace(a="xxxxxxxxxxxxxxxx") %}{% for i in range(24) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}`,
    ],
    ["indent", `{{ "a\\nb"|indent(100000000) }}`],
    ["format", `{{ "%900000000d"|format(1) }}`],
    ["repeating", `{{ "ab" * 100000000 }}`],
    ["batch", `{{ [1]|batch(100000000, 0)|length }}`],
    ["replace", `{{ ("a" * 200000)|replace("a", "b" * 1000) }}`],
    ["join", `{{ (("a," * 60000).split(","))|join("b" * 1000) }}`],
    ["tojson", `{{ o|tojson(100000000) }}`],
    ["zfill", `{{ "1".zfill(100000000) }}`],
    [
      "lists of lists",
      `{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a }}`,
    ],
    [
      "comparing them",
      `{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}`,
    ],
    ["two loops", "{% for a in range(90) %}{% for b in range(90) %}{{ a }}{% endfor %}{% endfor %}"],
    ["a macro that is handed itself", "{% macro a(f) %}{{ f(f) }}{% endmacro %}{{ a(a) }}"],
    ["parentheses", `{{ ${"(".repeat(20_000)}1${")".repeat(20_000)} }}`],
    ["lists", `{{ ${"[".repeat(20_000)}${"]".repeat(20_000)} }}`],
    ["minus signs", `{{ ${"-".repeat(60_000)}1 }}`],
  ])("5: no denial of service by %s", async (_name, source) => {
    expect((await problemOf(templates, source, context)).message).toMatch(/\w/);
    expect(await rendered(templates, "{{ s }}", context)).toBe("text");
  });

  it("6: a value cannot break out of JSON that is written by tojson", async () => {
    const value = '"}, {"admin": true, "x": "\u2028</script>';
    const text = await rendered(templates, '{"a": {{ v|tojson }}}', { v: value });
    expect(JSON.parse(text)).toEqual({ a: value });
    expect(await rendered(templates, "{{ v|tojson_html }}", { v: "</script>" })).toBe(
      '"\\u003c/script\\u003e"',
    );
  });

  it("keeps the names of prototypes as data, where data has them", async () => {
    const payload = JSON.parse('{ "__proto__": "p", "constructor": { "constructor": "c" }, "$": "d" }');
    const source = "{{ v.__proto__ }}{{ v.constructor.constructor }}{{ v['$'] }}{{ v|length }}";
    expect(await rendered(templates, source, { v: payload })).toBe("pcd3");
    expect(await templates.renderValue("{{ v }}", { v: payload })).toEqual(payload);
  });

  it("takes no data for a mark of its own", async () => {
    const v = { $: "labels", v: [["a", "b"]] };
    expect(await templates.renderValue(["{{ v }}", "{{ v['$'] }}"], { v })).toEqual([v, "labels"]);
  });

  it.each([
    ["a macro's parameter", "{% macro m(a;b) %}{% endmacro %}"],
    ["a name", "{{ a;b }}"],
    ["a name that is set", "{% set a;b = 1 %}"],
    ["a loop's name", "{% for a;b in l %}{% endfor %}"],
    ["an argument's name", "{{ s|indent(a;b=1) }}"],
    ["a filter", "{{ s|a;b }}"],
  ])("makes no code of %s", async (_name, source) => {
    expect((await templates.check([source]))[0]).not.toEqual([]);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is no template of JavaScript's
  it.each([`"`, "\\", "\u2028", "\n", "`", "${1}", "\0"])("makes no code of the text %j", async (text) => {
    expect(await rendered(templates, `{{ ${JSON.stringify(text)} }}${text}{{ s }}`, context)).toBe(
      `${text}${text}text`,
    );
  });
});
