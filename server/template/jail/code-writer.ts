import nunjucksCompiler from "nunjucks/src/compiler.js";
import type { Node } from "nunjucks/src/nodes.js";
import { place } from "./template-error.ts";

/**
 * Nunjucks' compiler whose code does nothing but call the runtime: nothing of the template becomes code, every text and name in it is
 * a JSON literal. Names are looked up when the code runs, in its scopes.
 */
export class CodeWriter extends nunjucksCompiler.Compiler {
  /** `rt.name(arguments)`: numbers as they are, nodes compiled, functions called to emit. */
  protected call(name: string, ...args: (Node | number | string | (() => void) | null)[]): void {
    this._emit(`rt.${name}(`);
    args.forEach((arg, at) => {
      if (at > 0) this._emit(",");
      if (typeof arg === "function") arg();
      else if (typeof arg === "object" && arg !== null) this.compile(arg);
      else this._emit(literal(arg));
    });
    this._emit(")");
  }

  protected list(items: readonly Node[]): void {
    this._emit("[");
    items.forEach((item, at) => {
      if (at > 0) this._emit(",");
      this.compile(item);
    });
    this._emit("]");
  }

  /** `function (scope) { …; return output; }` */
  protected block(body: Node | null): void {
    this._emitLine('function (scope) { var output = "";');
    if (body !== null) this.compile(body);
    this._emitLine("return output; }");
  }

  /** `function (scope) { return …; }` */
  protected later(expression: Node): void {
    this._emit("function (scope) { return ");
    this.compile(expression);
    this._emit("; }");
  }

  /** A part of the template within a scope of its own, whose text goes where the text around it goes. */
  protected body(node: Node): void {
    this._emitLine("function (scope) {");
    this.compile(node);
    this._emit("}");
  }
}

/** Where a node stands, as errors say it. */
export function at(node: Node): number {
  return place(node.lineno, node.colno);
}

/** Never anything but a literal of JavaScript. */
export function literal(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}
