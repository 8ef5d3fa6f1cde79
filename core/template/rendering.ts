import type { Issue } from "../error.ts";
import { isPlainObject, type Json, type JsonObject } from "../json.ts";
import { isTemplate } from "./is-template.ts";

/** A template with its place in a JSON value. `value`: one that is a single expression keeps its type; `text`: it is always text. */
export interface PlacedTemplate {
  readonly path: readonly string[];
  readonly source: string;
  readonly as: "text" | "value";
}

/** A placeholder for a variable with its place in a JSON value. */
export interface PlacedVariable {
  readonly name: string;
  readonly path: readonly string[];
}

/** What a JSON value becomes: what is known of it, and what its templates and variables give. */
type Plan =
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "template"; readonly at: number }
  | { readonly kind: "list"; readonly items: readonly Plan[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, Plan])[] }
  | { readonly kind: "json"; readonly inner: Plan; readonly path: readonly string[] }
  | ({ readonly kind: "variable" } & PlacedVariable)
  | { readonly kind: "absent" };

/** How a JSON value is rendered (actions.md 3.6): its templates in order, and what is wrong with its placeholders. */
export interface Rendering {
  readonly templates: readonly PlacedTemplate[];
  readonly issues: readonly Issue[];
  /** Its placeholders for variables, in order. */
  readonly variables: readonly PlacedVariable[];
  /**
   * The value made of what the templates gave, in their order.
   *
   * @throws UnresolvedError
   */
  resolve(results: readonly Json[], variables: JsonObject): Json;
}

/** A placeholder that cannot be filled in with what there is. */
export class UnresolvedError extends Error {
  override readonly name = "UnresolvedError";
  /** @param path its place in the value */
  constructor(
    message: string,
    readonly path: readonly string[] = [],
  ) {
    super(message);
  }
}

/** @param kinds whether objects with a kind are placeholders, and not just data */
export function planRendering(value: Json, kinds = true): Rendering {
  return planBy(new Planner({ kinds, texts: true }), value);
}

/** The same where only objects with a kind are filled in: texts outside of them are data, whatever they look like. */
export function planPlaceholders(value: Json): Rendering {
  return planBy(new Planner({ kinds: true, texts: false }), value);
}

function planBy(planner: Planner, value: Json): Rendering {
  const plan = planner.plan(value, [], "value");
  return {
    templates: planner.templates,
    issues: planner.issues,
    variables: planner.variables,
    resolve: (results, variables) => resolve(plan, results, variables) ?? null,
  };
}

/** Every template in a JSON value with its place. */
export function templatesIn(value: Json, kinds = true): readonly PlacedTemplate[] {
  return planRendering(value, kinds).templates;
}

/** What is wrong with the placeholders of a value: JSON that cannot be read, a missing `template`. */
export function kindIssues(value: Json): readonly Issue[] {
  return planRendering(value).issues;
}

const absent: Plan = { kind: "absent" };

class Planner {
  readonly templates: PlacedTemplate[] = [];
  readonly issues: Issue[] = [];
  readonly variables: PlacedVariable[] = [];

  constructor(readonly rendered: { kinds: boolean; texts: boolean }) {}

  plan(value: Json, path: readonly string[], as: "text" | "value"): Plan {
    if (typeof value === "string" && this.rendered.texts) return this.#text(value, path, as);
    if (Array.isArray(value))
      return { kind: "list", items: value.map((item, at) => this.plan(item, [...path, String(at)], as)) };
    if (!isPlainObject(value)) return { kind: "literal", value };
    const object: JsonObject = value;
    const kind = this.rendered.kinds ? kindOf(object) : undefined;
    if (kind !== undefined) return this.#placeholder(kind, object, path);
    const members = Object.entries(object).map(
      ([key, inner]) => [key, this.plan(inner, [...path, key], as)] as const,
    );
    return { kind: "object", members };
  }

  #text(text: string, path: readonly string[], as: "text" | "value"): Plan {
    if (!isTemplate(text)) return { kind: "literal", value: text };
    const whole = text.trim();
    const single = whole.startsWith("{{") && whole.endsWith("}}") && whole.indexOf("{{", 2) < 0;
    this.templates.push({ path, source: text, as: as === "value" && single ? "value" : "text" });
    return { kind: "template", at: this.templates.length - 1 };
  }

  #placeholder(kind: unknown, object: JsonObject, path: readonly string[]): Plan {
    switch (kind) {
      case "jinja": {
        const { template } = object;
        if (typeof template === "string") return this.#text(template, [...path, "template"], "text");
        this.#refuse([...path, "template"], "the placeholder of kind jinja needs a text as its template");
        return absent;
      }
      case "json":
        return this.#json(object, path);
      case "workspace_variable": {
        const name = object.variable_name;
        if (typeof name !== "string" || name === "") return absent;
        this.variables.push({ name, path });
        return { kind: "variable", name, path };
      }
      case "none":
        return object.value === undefined ? absent : this.plan(object.value, [...path, "value"], "value");
      default:
        return { kind: "literal", value: object.value ?? null };
    }
  }

  #json(object: JsonObject, path: readonly string[]): Plan {
    const { value } = object;
    if (value === undefined) return absent;
    const inner = [...path, "value"];
    if (typeof value === "string") {
      const parsed = parseJson(value);
      if (parsed === undefined) this.#refuse(inner, `Invalid JSON: ${shown(value)}`);
      return { kind: "literal", value: parsed ?? null };
    }
    return { kind: "json", inner: this.plan(value, inner, "value"), path: inner };
  }

  #refuse(path: readonly string[], message: string): void {
    this.issues.push({ path: [...path], message });
  }
}

function kindOf(object: JsonObject): Json | undefined {
  return object.__prefect_kind ?? object.__kind;
}

/** Undefined where the whole is left out. */
function resolve(plan: Plan, results: readonly Json[], variables: JsonObject): Json | undefined {
  switch (plan.kind) {
    case "literal":
      return plan.value;
    case "template":
      return results[plan.at] ?? null;
    case "list":
      return plan.items.flatMap((item) => {
        const value = resolve(item, results, variables);
        return value === undefined ? [] : [value];
      });
    case "object":
      return Object.fromEntries(
        plan.members.flatMap(([key, inner]) => {
          const value = resolve(inner, results, variables);
          return value === undefined ? [] : [[key, value]];
        }),
      );
    case "json": {
      const value = resolve(plan.inner, results, variables);
      if (typeof value !== "string") return value;
      const parsed = parseJson(value);
      if (parsed !== undefined) return parsed;
      const name = variableOf(plan.inner);
      // It may be secret.
      const what = name === null ? shown(value) : `the text of variable '${name}'`;
      throw new UnresolvedError(`Invalid JSON: ${what}`, plan.path);
    }
    case "variable":
      if (Object.hasOwn(variables, plan.name)) return variables[plan.name] ?? null;
      throw new UnresolvedError(`Variable '${plan.name}' not found`, plan.path);
    case "absent":
      return undefined;
  }
}

/** The variable that alone makes a value; null where there is none. */
function variableOf(plan: Plan): string | null {
  if (plan.kind === "json") return variableOf(plan.inner);
  return plan.kind === "variable" ? plan.name : null;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // nothing else comes of it
  } catch {
    return undefined;
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
