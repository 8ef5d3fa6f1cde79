import nunjucksCompiler from "nunjucks/src/compiler.js";
import nunjucksNodes from "nunjucks/src/nodes.js";
import nunjucksParser from "nunjucks/src/parser.js";
import { check } from "./check.ts";
import { compiled, compiledValue } from "./compiler.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { clock } from "./filters/human.ts";
import { filters } from "./filters.ts";
import { functions } from "./functions.ts";
import { begin, limits } from "./limits.ts";
import * as operations from "./operators.ts";
import { parse } from "./parser.ts";
import { freezeAll, reachable, watch } from "./realm.ts";
import { render, runtime } from "./runtime.ts";
import { Scope } from "./scope.ts";
import { site } from "./site.ts";
import { TemplateError } from "./template-error.ts";
import { tests } from "./tests.ts";
import { Callable, Cycler, Keywords, Labels, Moment, type Named, Namespace, named } from "./values.ts";
import { setZones, ZoneNeeded, type ZoneSpans } from "./zones.ts";

/** What the server asks of an instance; each is one call. */
type Request =
  | { op: "check"; source: string }
  | ({ op: "context" } & Given)
  | ({ op: "render"; most: number } & OneTemplate)
  | ({ op: "together"; templates: readonly OneTemplate[]; most: number } & Given);

/** What templates are rendered with. */
interface Given {
  context: Named;
  now: number;
  url: string;
  strict: boolean;
  zones: Record<string, ZoneSpans | null>;
}

interface OneTemplate {
  source: string;
  as: "text" | "value";
}

type Template = (rt: typeof runtime, scope: Scope) => unknown;

const MakeFunction = Function;

/** Compiled templates, the one used last at the end. */
const cache = new Map<string, Template>();
const mostCached = 64;

let context: Readonly<Named> = named();

function assertSize(source: string): void {
  if (source.length > limits.source)
    throw new TemplateError(
      `a template has at most ${limits.source / 1024} KiB; this has ${Math.ceil(source.length / 1024)}`,
      1,
      1,
    );
}

function shownError(error: TemplateError) {
  return { message: error.message, line: error.line, column: error.column };
}

function checkSource(source: string) {
  try {
    assertSize(source);
    const { problems, names } = check(parse(source));
    return { problems: problems.map(shownError), names: [...names] };
  } catch (error) {
    if (error instanceof TemplateError) return { problems: [shownError(error)], names: [] };
    throw error;
  }
}

function templateOf(source: string, as: "text" | "value"): Template {
  const key = `${as} ${source}`;
  const cached = cache.get(key);
  cache.delete(key);
  const template = cached ?? compileSource(source, as);
  cache.set(key, template);
  for (const oldest of cache.keys()) {
    if (cache.size <= mostCached) break;
    cache.delete(oldest);
  }
  return template;
}

function compileSource(source: string, as: "text" | "value"): Template {
  assertSize(source);
  const root = parse(as === "value" ? source.trim() : source);
  const [problem] = check(root).problems;
  if (problem !== undefined) throw problem;
  const [output, ...rest] = root.children;
  const expression = output?.typename === "Output" ? output.children[0] : undefined;
  const isValue =
    as === "value" && rest.length === 0 && expression !== undefined && expression.typename !== "TemplateData";
  const code = isValue ? compiledValue(expression) : compiled(as === "value" ? parse(source) : root);
  return new MakeFunction(code)() as Template; // what the compiler writes
}

function give(given: Given): void {
  context = decode(given.context) as Readonly<Named>; // an object, for it was one
  clock.now = given.now;
  site.url = given.url;
  render.strict = given.strict;
  setZones(given.zones);
}

function renderSource({ source, as }: OneTemplate, most: number) {
  begin(most);
  render.running.clear();
  const result = templateOf(source, as)(runtime, new Scope(context));
  return as === "value" ? { value: encode(result), text: undefined } : { text: result, value: undefined };
}

function handle(request: Request): unknown {
  switch (request.op) {
    case "check":
      return checkSource(request.source);
    case "context":
      give(request);
      return {};
    case "render":
      return renderSource(request, request.most);
    case "together": {
      give(request);
      const made = request.templates.map((template) => renderSource(template, request.most));
      return { values: made.map(({ text, value }) => text ?? value ?? null) };
    }
  }
}

const { parse: parseJson, stringify } = JSON;

/** The one door of the jail: JSON in, JSON out. */
function answer(text: string): string {
  let result: unknown;
  try {
    result = handle(parseJson(text) as Request);
  } catch (error) {
    if (error instanceof TemplateError) result = { error: shownError(error) };
    else if (error instanceof ZoneNeeded) result = { zone: error.zone };
    else if (error === null)
      result = { fatal: "out of memory" }; // there is none for the error either
    else
      result = {
        fatal: String(error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : error),
      };
  }
  renders += 1;
  return isChanged() ? stringify({ changed: true, fatal: "the realm was changed" }) : stringify(result);
}

let renders = 0;

/** What is frozen stays as it is: whether all of it is so still costs little, and what is in it is compared now and then besides. */
function isChanged(): boolean {
  if (!intrinsics.every(isFrozen)) return true;
  if (renders % 50 === 0 && !realm.every(isFrozen)) return true;
  return renders % 500 === 0 && whole();
}

// Nothing makes code from here on but the line above that has the constructor.
for (const made of [() => {}, async () => {}, function* () {}, async function* () {}])
  Object.defineProperty(Object.getPrototypeOf(made), "constructor", { value: undefined });
for (const name of ["Function", "eval"]) delete (globalThis as Record<string, unknown>)[name];

const classes = [
  TemplateError,
  Callable,
  Cycler,
  Keywords,
  Labels,
  Moment,
  Namespace,
  Scope,
  ZoneNeeded,
  Map,
  Set,
  WeakMap,
];
const roots = [
  nunjucksCompiler,
  nunjucksNodes,
  nunjucksParser,
  filters,
  functions,
  runtime,
  tests,
  operations,
  ...classes,
];
const realm = reachable([globalThis, answer, ...roots]);
freezeAll(realm);
const whole = watch(realm);
/** What is looked at after each render: whether it is as it was made, frozen for good. */
const intrinsics: object[] = [
  globalThis,
  ...[Object, Array, String, Number, RegExp, Map, Set, Error].flatMap((one) => [one, one.prototype]),
  JSON,
  Math,
  Object.getPrototypeOf(answer),
  filters,
  functions,
  runtime,
  tests,
];
const { isFrozen } = Object;

export { answer };
