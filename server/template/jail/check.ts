import type { Node } from "nunjucks/src/nodes.js";
import { filters } from "./filters.ts";
import { functions } from "./functions.ts";
import { limits } from "./limits.ts";
import { assignedOf, childrenOf, innerOf, nameOf } from "./syntax.ts";
import { failAt, place, TemplateError } from "./template-error.ts";
import { tests } from "./tests.ts";

/** What can be seen of a template without rendering it. */
export interface Checked {
  problems: TemplateError[];
  /** The top-level names that it reads. */
  names: Set<string>;
}

/** Looks through a syntax tree: limits, unknown filters and tests, and what would silently mean something else than in Jinja. */
export function check(root: Node): Checked {
  const look = new Look();
  look.node(root, 0, new Scope(null));
  look.macros();
  return { problems: look.problems, names: look.names };
}

/** The names that a part of the template defines itself. */
class Scope {
  readonly names = new Set<string>();
  constructor(readonly parent: Scope | null) {}

  knows(name: string): boolean {
    return this.names.has(name) || (this.parent?.knows(name) ?? false);
  }
}

class Look {
  readonly problems: TemplateError[] = [];
  readonly names = new Set<string>();
  #loops = 0;
  readonly #macros = new Map<string, { node: Node; calls: Set<string> }>();
  #within: Set<string> | null = null;

  #refuse(node: Node, message: string): void {
    try {
      failAt(message, place(node.lineno, node.colno));
    } catch (error) {
      if (error instanceof TemplateError) this.problems.push(error);
    }
  }

  node(node: Node | null, depth: number, scope: Scope): void {
    if (node === null) return;
    switch (node.typename) {
      case "FilteredFor":
        this.#loop(node, depth, scope);
        break;
      case "Set":
        this.#set(node, depth, scope);
        break;
      case "With":
        this.#with(node, depth, scope);
        break;
      case "Macro":
      case "Caller":
        this.#macro(node, depth, scope);
        break;
      case "Symbol":
        if (!scope.knows(nameOf(node))) this.names.add(nameOf(node));
        this.#within?.add(nameOf(node));
        break;
      case "Filter":
        this.#known(node, "filter", filters);
        this.node(node.args, depth, scope);
        break;
      case "Test":
        this.#known(node, "test", tests);
        this.node(node.args, depth, scope);
        this.node(node.target, depth, scope);
        break;
      case "KeywordArgs":
        for (const pair of node.children) this.node(innerOf(pair), depth, scope);
        break;
      case "FunCall":
        this.#call(node, scope);
        this.node(node.name, depth, scope);
        this.node(node.args, depth, scope);
        break;
      default:
        for (const child of childrenOf(node)) this.node(child, depth, scope);
    }
  }

  #known(node: Node, what: string, table: object): void {
    const name = nameOf(node.name);
    if (!Object.hasOwn(table, name))
      this.#refuse(node, `there is no ${what} ${JSON.stringify(name)}${near(name, table)}`);
  }

  #set(node: Node, depth: number, scope: Scope): void {
    this.node(assignedOf(node), depth, scope);
    for (const target of node.targets)
      if (target.typename === "Symbol") scope.names.add(nameOf(target));
      else this.node(target.target, depth, scope);
  }

  #with(node: Node, depth: number, scope: Scope): void {
    const inner = new Scope(scope);
    for (const binding of node.bindings) this.node(innerOf(binding), depth, scope);
    for (const binding of node.bindings) inner.names.add(nameOf(binding.key));
    this.node(node.body, depth, inner);
  }

  #loop(node: Node, depth: number, scope: Scope): void {
    this.#loops += 1;
    if (this.#loops === limits.loops + 1) this.#refuse(node, `a template has at most ${limits.loops} loops`);
    if (depth + 1 > limits.loopDepth)
      this.#refuse(node, `loops stand at most ${limits.loopDepth} deep in each other`);
    this.node(node.arr, depth, scope);
    const inner = new Scope(scope);
    for (const name of node.name.typename === "Array" ? node.name.children : [node.name])
      inner.names.add(nameOf(name));
    this.node(node.cond, depth, inner);
    inner.names.add("loop");
    this.node(node.body, depth + 1, inner);
    this.node(node.else_, depth, new Scope(scope));
  }

  #macro(node: Node, depth: number, scope: Scope): void {
    const inner = new Scope(scope);
    for (const name of ["caller", "varargs", "kwargs"]) inner.names.add(name);
    for (const parameter of node.args.children) {
      if (parameter.typename === "Pair") this.node(innerOf(parameter), depth, scope);
      inner.names.add(nameOf(parameter.typename === "Pair" ? parameter.key : parameter));
    }
    const before = this.#within;
    if (node.typename === "Macro") {
      scope.names.add(nameOf(node.name));
      this.#within = new Set();
      this.#macros.set(nameOf(node.name), { node, calls: this.#within });
      if (this.#macros.size === limits.macros + 1)
        this.#refuse(node, `a template has at most ${limits.macros} macros`);
    }
    this.node(node.body, depth, inner);
    this.#within = before;
  }

  #call(node: Node, scope: Scope): void {
    const { name } = node;
    if (name.typename !== "Symbol" || scope.knows(nameOf(name)) || name.value === "super") return;
    const literal = node.args.children[0];
    if (name.value !== "range" || node.args.children.length !== 1) return;
    if (literal?.typename === "Literal" && Number(literal.value) > limits.range)
      this.#refuse(node, `range makes at most ${limits.range} numbers`);
  }

  /** Refuses macros that come back to themselves. */
  macros(): void {
    for (const [name, { node }] of this.#macros) {
      const reached = new Set<string>();
      const visit = (one: string) => {
        for (const called of this.#macros.get(one)?.calls ?? []) {
          if (reached.has(called)) continue;
          reached.add(called);
          visit(called);
        }
      };
      visit(name);
      if (reached.has(name)) this.#refuse(node, `the macro ${name} calls itself`);
    }
    for (const name of Object.keys(functions)) this.names.delete(name);
  }
}

function near(name: string, table: object): string {
  const close = Object.keys(table).find(
    (one) => one.startsWith(name.slice(0, 4)) || name.startsWith(one) || distance(one, name) <= 2,
  );
  return close === undefined ? "" : `; did you mean ${JSON.stringify(close)}?`;
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 30) return 9;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 9;
}
