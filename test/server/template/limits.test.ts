import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemplateError } from "../../../core/template/template-error.ts";
import { patientTemplates, problemOf, rendered } from "../../support/templates.ts";

const templates = patientTemplates();
beforeAll(() => templates.warm());
afterAll(() => templates.close());

const messages = async (source: string) =>
  (await templates.check([source]))[0]?.map(({ message }) => message);
const loop = (inner: string) => `{% for a in l %}${inner}{% endfor %}`;
const l = Array.from({ length: 50 }, (_, at) => at);

describe("actions 3.8: limits that are seen when a template is saved", () => {
  it("at most 64 KiB of source", async () => {
    expect(await messages(`{{ a }}${"x".repeat(64 * 1024)}`)).toEqual([
      "a template has at most 64 KiB; this has 65",
    ]);
    expect(await messages(`{{ a }}${"x".repeat(63 * 1024)}`)).toEqual([]);
  });

  it("actions 60: three nested loops, or eleven", async () => {
    expect(await messages(loop(loop(loop(""))))).toEqual(["loops stand at most 2 deep in each other"]);
    expect(await messages(loop("").repeat(11))).toEqual(["a template has at most 10 loops"]);
    expect(await messages(loop(loop("")).repeat(5))).toEqual([]);
  });

  it("at most ten macros, none that comes back to itself", async () => {
    const macro = (name: string, body = "") => `{% macro ${name}() %}${body}{% endmacro %}`;
    const names = Array.from({ length: 11 }, (_, at) => `m${at}`);
    expect(await messages(names.map((name) => macro(name)).join(""))).toEqual([
      "a template has at most 10 macros",
    ]);
    expect(await messages(macro("a", "{{ b() }}") + macro("b", "{{ a() }}"))).toEqual([
      "the macro a calls itself",
      "the macro b calls itself",
    ]);
  });

  it.each(["include 'a'", "extends 'a'", "import 'a' as b", "from 'a' import b", "block x"])(
    "actions 61: {%% %s %%} is refused",
    async (tag) => {
      expect((await messages(`{% ${tag} %}`))?.[0]).toMatch(/^the tag \w+ is not allowed/);
    },
  );

  it.each(["do x", "switch x", "asyncEach a in b", "verbatim", "lorem", "endif"])(
    "so is {%% %s %%}",
    async (tag) => {
      expect(await messages(`{% ${tag} %}`)).toHaveLength(1);
    },
  );

  it("actions 66: an error says where it is", async () => {
    expect(await templates.check(["fine\n{{ a b }}", "{{ a }}", "no template {#"])).toEqual([
      [{ message: 'the expression should end here with "}}", not "b"', line: 2, column: 6 }],
      [],
      [],
    ]);
  });

  it("unknown filters and tests are all named, with the nearest", async () => {
    expect(await messages("{{ a|uper }}{{ a is divisible(2) }}{{ a|lower }}")).toEqual([
      'there is no filter "uper"; did you mean "upper"?',
      'there is no test "divisible"; did you mean "divisibleby"?',
    ]);
  });
});

describe("actions 3.8: limits of a render", () => {
  it("actions 59: range makes 100 numbers at most", async () => {
    expect(await rendered(templates, "{{ range(100)|length }}")).toBe("100");
    expect((await problemOf(templates, "{% set n = 101 %}{{ range(n) }}")).message).toContain("at most 100");
    expect(await messages("{{ range(101) }}")).toEqual(["range makes at most 100 numbers"]);
  });

  it("2,000 turns of loops in all", async () => {
    expect(
      await rendered(templates, "{% for a in l %}{% for b in l[:39] %}{% endfor %}{% endfor %}ok", { l }),
    ).toBe("ok");
    const problem = await problemOf(
      templates,
      "{% for a in l %}{% for b in l[:40] %}{% endfor %}{% endfor %}",
      { l },
    );
    expect(problem.message).toBe("its loops make more than 2000 turns");
  });

  it("256 KiB of output, counted in bytes", async () => {
    const longest = 256 * 1024;
    expect(await rendered(templates, "{{ a }}", { a: "x".repeat(longest) })).toHaveLength(longest);
    expect((await problemOf(templates, "{{ a }}b", { a: "x".repeat(longest) })).message).toContain("256 KiB");
    expect((await problemOf(templates, "{{ a }}", { a: "ü".repeat(longest) })).message).toContain("256 KiB");
  });

  it("nothing, however often", async () => {
    expect(await rendered(templates, "[{{ '' * 1e308 }}{{ [] * 1e308 }}]")).toBe("[[]]");
  });

  it("512 KiB of parameters, in all", async () => {
    const a = "x".repeat(200 * 1024);
    expect(await templates.renderValue(["{{ a }}", "{{ a }}"], { a })).toHaveLength(2);
    await expect(templates.renderValue(["{{ a }}", "{{ a }}", "{{ a }}"], { a })).rejects.toThrow("512 KiB");
  });

  it("16 MB of memory", async () => {
    const a = "x".repeat(200 * 1024);
    const source =
      "{% set ns = namespace(l=[]) %}{% for i in range(100) %}{% set ns.l = ns.l + [a ~ i] %}{% endfor %}";
    const problem = await problemOf(templates, source, { a });
    expect(problem.message).toMatch(/16 MB of memory|too much text/);
    expect(await rendered(templates, "{{ a }}", { a: 1 })).toBe("1");
  });

  it("16 MB of memory, also in many small things", async () => {
    const a = Array.from({ length: 500_000 }, () => ({}));
    const problem = await problemOf(templates, "{{ a|length }}", { a });
    expect(problem.message).toBe("it needs more than 16 MB of memory");
    expect(await rendered(templates, "{{ a|length }}", { a: a.slice(0, 1_000) })).toBe("1000");
  });

  it("steps, counted over all templates of an action", async () => {
    const busy = `{% for a in l %}{% for b in l[:30] %}{{ [a,b,a,b]|sort|unique|join }}{% endfor %}{% endfor %}`;
    await expect(templates.renderText(Array(40).fill(busy), { l })).rejects.toThrow("more steps");
  });

  it("counts the same each time", async () => {
    const counted = async (turns: number) => {
      const source = `{% for a in l %}{% for b in l[:${turns}] %}{{ [a,b]|sort|unique|list|length }}{% endfor %}{% endfor %}`;
      return templates.renderText(Array(4).fill(source), { l }).then(
        () => true,
        () => false,
      );
    };
    const first = await Promise.all([5, 20, 39].map(counted));
    for (let again = 0; again < 3; again += 1)
      expect(await Promise.all([5, 20, 39].map(counted))).toEqual(first);
  });

  it("actions 63: a template cannot change what it is given", async () => {
    for (const source of [
      "{{ l.append(1) }}",
      "{{ o.update({'a': 2}) }}",
      "{{ l.pop() }}",
      "{% set o.a = 2 %}",
    ])
      expect((await problemOf(templates, source, { l: [1], o: { a: 1 } })).message).toMatch(
        /cannot change|can be changed/,
      );
    expect(await rendered(templates, "{{ l }}{{ o }}", { l: [1], o: { a: 1 } })).toBe('[1]{"a":1}');
  });
});

describe("a template that takes too long", () => {
  it("loses its thread, and nobody else anything", async () => {
    const hasty = patientTemplates(1);
    try {
      const busy = "{% for a in l %}{% for b in l[:39] %}{{ [a,b]|sort }}{% endfor %}{% endfor %}";
      await expect(hasty.renderText([busy], { l })).rejects.toThrow(TemplateError);
      await expect(hasty.renderText([busy], { l })).rejects.toThrow("longer than 0.001 s");
    } finally {
      await hasty.close();
    }
    expect(await rendered(templates, "{{ 1 + 1 }}")).toBe("2");
  });

  it("is refused once everything is closed", async () => {
    const closed = patientTemplates();
    await closed.close();
    await expect(closed.renderText(["{{ a }}"], {})).rejects.toThrow("closed");
  });
});
