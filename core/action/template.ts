import { isPlainObject, type Json, type JsonObject } from "../json.ts";
import { type TemplatePath, templatePath } from "./template-path.ts";

/** What templates can speak of, by name. */
export type TemplateValues = Readonly<Record<string, Json>>;

/** The names that a template may begin with. */
const names = ["event"];

type Part = { readonly text: string } | { readonly path: TemplatePath };

/**
 * What is wrong with a text as a template, naming the expression; null where it is a good one, or none: only a text with `{{` or `{%` is
 * one. An expression is a path from `event`, dotted or in brackets: `{{ event.resource["prefect.resource.id"] }}`.
 */
export function templateProblem(text: string): string | null {
  const parsed = parse(text);
  return typeof parsed === "string" ? parsed : null;
}

/**
 * A JSON value with every template in it, at any depth, rendered. A text that is one whole expression becomes that value with its type,
 * null where there is none; in any other text an expression becomes its text: JSON, but strings as they are and nothing for what is
 * missing.
 */
export function render(template: Json, values: TemplateValues): Json {
  if (typeof template === "string") return renderText(template, values);
  if (Array.isArray(template)) return template.map((item) => render(item, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, render(value, values)]));
}

/** Whether the text is one whole expression, whose value keeps its type. */
export function isOneExpression(text: string): boolean {
  return wholeExpression(text) !== null;
}

function renderText(text: string, values: TemplateValues): Json {
  const whole = wholeExpression(text);
  if (whole !== null) return lookUp(values, whole) ?? null;
  const parts = parse(text);
  // It was checked when it was saved; should that ever differ, the text stays as it is.
  if (parts === null || typeof parts === "string") return text;
  return parts.map((part) => ("text" in part ? part.text : textOf(lookUp(values, part.path)))).join("");
}

function wholeExpression(text: string): TemplatePath | null {
  const parts = parse(text.trim());
  if (parts === null || typeof parts === "string") return null;
  const [only, ...others] = parts;
  return only !== undefined && "path" in only && others.length === 0 ? only.path : null;
}

/** The parts of a template, null for a text that is none, or what is wrong with it. */
function parse(text: string): Part[] | string | null {
  if (!text.includes("{{") && !text.includes("{%")) return null;
  const tag = text.indexOf("{%");
  if (tag >= 0)
    return `the tag ${shown(text.slice(tag))} is not supported; only paths such as {{ event.payload.name }} are`;
  const parts: Part[] = [];
  let at = 0;
  for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
    const close = endOf(text, open + 2);
    if (close < 0) return `the expression ${shown(text.slice(open))} has no end: "}}" is missing`;
    const path = templatePath(text.slice(open + 2, close));
    const expression = shown(text.slice(open, close + 2));
    if (path === null)
      return `the expression ${expression} is not supported; only paths such as {{ event.payload.name }} are`;
    if (!names.includes(path[0] ?? ""))
      return `the expression ${expression} begins with ${JSON.stringify(path[0])}, which is unknown; known is ${names.join(", ")}`;
    if (open > at) parts.push({ text: text.slice(at, open) });
    parts.push({ path });
    at = close + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** Where the expression ends: the next `}}` outside of quotes. */
function endOf(text: string, from: number): number {
  let quote = "";
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === "\\") at += 1;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith("}}", at)) return at;
  }
  return -1;
}

/** Own properties only, so that no template reaches a method; undefined goes on as undefined. */
function lookUp(values: TemplateValues, path: TemplatePath): Json | undefined {
  let value: Json | undefined = { ...values };
  for (const [depth, step] of path.entries()) value = member(value, step, depth);
  return value;
}

/** The short names of a resource's labels (`event.resource.id`). */
const shortNames: Readonly<Record<string, string>> = {
  id: "prefect.resource.id",
  name: "prefect.resource.name",
  role: "prefect.resource.role",
};

function member(value: Json | undefined, step: string, depth: number): Json | undefined {
  if (Array.isArray(value))
    return Object.hasOwn(value, step) && /^\d+$/.test(step) ? value[Number(step)] : undefined;
  if (!isPlainObject(value)) return undefined;
  const object: JsonObject = value;
  if (Object.hasOwn(object, step)) return object[step];
  // Labels are the only objects that have this label.
  const label = depth >= 2 && Object.hasOwn(object, "prefect.resource.id") ? shortNames[step] : undefined;
  return label !== undefined && Object.hasOwn(object, label) ? object[label] : undefined;
}

function textOf(value: Json | undefined): string {
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

function shown(expression: string): string {
  return expression.length > 60 ? `${expression.slice(0, 60)}…` : expression;
}
