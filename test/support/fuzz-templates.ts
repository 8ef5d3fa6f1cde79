import { TemplateError } from "../../core/template/template-error.ts";
import { LabelTree, type TemplateContext } from "../../core/template/value.ts";
import type { Templates } from "../../server/template/templates.ts";

/** What a way out would print. */
const escaped = "ESCAPED";

const context: TemplateContext = {
  s: "text with 'quotes' and <b>",
  n: 3,
  f: 2.5,
  l: [3, 1, 2],
  o: { a: 1, b: { c: [1, 2] } },
  x: null,
  event: { id: "e", resource: new LabelTree({ "prefect.resource.id": "r", "a.b": "1" }), at: new Date(0) },
  users: [
    { name: "a", age: 1 },
    { name: "b", age: 2 },
  ],
};

const names =
  "s n f l o x event users missing loop caller constructor valueOf toString __proto__ range namespace cycler joiner dict".split(
    " ",
  );
const members =
  "a b c id resource labels name age at constructor prototype __proto__ __class__ items keys get append pop upper split join format call apply bind isoformat strftime cycle next length".split(
    " ",
  );
const filters =
  "abs attr batch capitalize center count default dictsort e escape filesizeformat first float format groupby indent int items join last length list lower map max min pprint reject rejectattr replace reverse round select selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr strftime astimezone ui_url flow_run_id humanize_naturaltime humanize_precisedelta from_cloud_event".split(
    " ",
  );
const tests =
  "defined undefined none string number odd even divisibleby in eq lt mapping iterable sameas callable".split(
    " ",
  );
const operators = "+ - * / // % ** ~ == != < > <= >= and or in".split(" ");
const texts = [
  `'constructor'`,
  `"return '${escaped.slice(0, 3)}'+'${escaped.slice(3)}'"`,
  `'__proto__'`,
  "'a'",
  "''",
  "'%s%99999999d'",
  "'x'*999",
  "'\\\\u2028'",
  "'name'",
  "'map'",
  "'Europe/Berlin'",
];
const numbers = ["0", "1", "-1", "3", "99", "101", "1e9", "1e308", "0.5", "50000000"];
const noise = [
  "{{",
  "}}",
  "{%",
  "%}",
  "{#",
  "#}",
  "{{-",
  "-%}",
  "'",
  '"',
  "\\",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "|",
  ".",
  ";",
  "`",
  "${",
  "\n",
  "\r",
  "\0",
  "ü",
  "😀",
  "\u2028",
  "r/(a+)+$/",
  "endfor",
  "else",
];

/** Templates at random from a seed: half-sensible ones, with what has broken out of Nunjucks mixed in. */
class Maker {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** mulberry32 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  #of(list: readonly string[]): string {
    return list[Math.floor(this.#next() * list.length)] ?? "";
  }

  #oneIn(count: number): boolean {
    return this.#next() * count < 1;
  }

  #arguments(depth: number): string {
    const count = Math.floor(this.#next() * 3);
    return Array.from({ length: count }, () =>
      this.#oneIn(4)
        ? `${this.#of(["attribute", "width", "d", "sep", "x"])}=${this.#expression(depth - 1)}`
        : this.#expression(depth - 1),
    ).join(", ");
  }

  #expression(depth: number): string {
    if (depth <= 0) return this.#of([this.#of(names), this.#of(texts), this.#of(numbers)]);
    const inner = () => this.#expression(depth - 1);
    switch (Math.floor(this.#next() * 12)) {
      case 0:
        return `${inner()}.${this.#of(members)}`;
      case 1:
        return `${inner()}[${inner()}]`;
      case 2:
        return `${inner()}.${this.#of(members)}(${this.#arguments(depth)})`;
      case 3:
        return `${this.#of(names)}(${this.#arguments(depth)})`;
      case 4:
      case 5:
        return `${inner()}|${this.#of(filters)}${this.#oneIn(2) ? "" : `(${this.#arguments(depth)})`}`;
      case 6:
        return `${inner()} is ${this.#of(["", "not "])}${this.#of(tests)}${this.#oneIn(2) ? ` ${this.#of(numbers)}` : ""}`;
      case 7:
        return `(${inner()} ${this.#of(operators)} ${inner()})`;
      case 8:
        return `[${inner()}, ${inner()}]`;
      case 9:
        return `{${this.#of(texts)}: ${inner()}}`;
      case 10:
        return `${inner()}[${this.#oneIn(2) ? "" : this.#of(numbers)}:${this.#oneIn(2) ? "" : this.#of(numbers)}]`;
      default:
        return `(${inner()} if ${inner()} else ${inner()})`;
    }
  }

  #part(depth: number): string {
    const inner = () => (depth <= 0 ? "" : this.#part(depth - 1) + this.#part(depth - 1));
    const expression = () => this.#expression(Math.floor(this.#next() * 4));
    switch (Math.floor(this.#next() * 9)) {
      case 0:
        return `{% for a in ${expression()}${this.#oneIn(4) ? ` if ${expression()}` : ""} %}${inner()}{% endfor %}`;
      case 1:
        return `{% for a, b in ${expression()} %}{{ a }}${inner()}{% endfor %}`;
      case 2:
        return `{% if ${expression()} %}${inner()}{% else %}${inner()}{% endif %}`;
      case 3:
        return `{% set ${this.#of(["s", "q", "ns.v"])} = ${expression()} %}`;
      case 4:
        return `{% macro m(a, b=${expression()}) %}${inner()}{{ caller() if caller }}{% endmacro %}{{ m(${expression()}) }}`;
      case 5:
        return `{% set ns = namespace(v=${expression()}) %}{{ ns.v }}`;
      case 6:
        return this.#of(noise);
      default:
        return `{{ ${expression()} }}`;
    }
  }

  template(): string {
    let source = "";
    for (let parts = 1 + Math.floor(this.#next() * 3); parts > 0; parts -= 1) source += this.#part(2);
    if (!this.#oneIn(5)) return source;
    const at = Math.floor(this.#next() * source.length);
    return source.slice(0, at) + this.#of(noise) + source.slice(at + Math.floor(this.#next() * 4));
  }
}

export interface FuzzReport {
  rendered: number;
  refused: number;
  /** Templates that did what none may do, with what it was. */
  wrong: { source: string; what: string }[];
}

/**
 * Renders templates at random. None may break out, pass a limit, end what renders, or change what the next template prints.
 *
 * @param seed the same gives the same templates
 */
export async function fuzzTemplates(templates: Templates, count: number, seed: number): Promise<FuzzReport> {
  const maker = new Maker(seed);
  const report: FuzzReport = { rendered: 0, refused: 0, wrong: [] };
  let made = 0;
  const lane = async () => {
    while (made < count) {
      made += 1;
      await tryOne(templates, maker.template(), report);
      if (made % 50 === 0) await stillRight(templates, report);
    }
  };
  await Promise.all([lane(), lane()]);
  return report;
}

async function tryOne(templates: Templates, source: string, report: FuzzReport): Promise<void> {
  const wrong = (what: string) => void report.wrong.push({ source, what });
  try {
    const [text = ""] = await templates.renderText([source], context);
    report.rendered += 1;
    if (source.includes("{{") || source.includes("{%")) {
      if (text.includes(escaped) || text.includes("[native code]") || /function\s*\w*\s*\(/.test(text))
        wrong(`it printed ${text}`);
      if (Buffer.byteLength(text) > 256 * 1024) wrong(`it printed ${text.length} characters`);
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) return wrong(`it ended with ${String(error)}`);
    report.refused += 1;
    if (/cannot be rendered|changed the engine|thread ended/.test(error.message)) wrong(error.message);
  }
}

async function stillRight(templates: Templates, report: FuzzReport): Promise<void> {
  const source =
    "{{ s }}|{{ l|sort|join(',') }}|{{ o.b.c }}|{% for a, b in event.resource %}{{ a }}={{ b }};{% endfor %}";
  const [text] = await templates.renderText([source], context);
  const expected = "text with 'quotes' and <b>|1,2,3|[1,2]|prefect.resource.id=r;a.b=1;";
  if (text !== expected) report.wrong.push({ source, what: `it printed ${text} afterwards` });
}
