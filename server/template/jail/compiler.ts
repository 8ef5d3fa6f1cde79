import type { Node } from "nunjucks/src/nodes.js";
import { at, literal } from "./code-writer.ts";
import { ExpressionCompiler } from "./expression-compiler.ts";
import { assignedOf, innerOf, nameOf } from "./syntax.ts";

/** What a template becomes. */
class TemplateCompiler extends ExpressionCompiler {
  compileRoot(node: Node): void {
    this._emitLine('return function (rt, scope) { "use strict"; var output = "";');
    for (const child of node.children) this.compile(child);
    this._emitLine("return output; };");
  }

  /** A template that is one expression: its value. */
  compileValue(expression: Node): void {
    this._emit('return function (rt, scope) { "use strict"; return rt.value(');
    this._emit(`${at(expression)},`);
    this.compile(expression);
    this._emitLine("); };");
  }

  compileNodeList(node: Node): void {
    for (const child of node.children) this.compile(child);
  }

  compileOutput(node: Node): void {
    for (const child of node.children) {
      if (child.typename === "TemplateData") {
        if (child.value === "") continue;
        this._emitLine(`output = rt.append(output, ${literal(child.value)});`);
      } else {
        this._emit("output = ");
        this.call("print", () => this._emit("output"), at(child), child);
        this._emitLine(";");
      }
    }
  }

  compileSet(node: Node): void {
    const value = assignedOf(node);
    const [first] = node.targets;
    if (first?.typename === "LookupVal")
      this.call("setMember", at(node), first.target, nameOf(first.val), value);
    else {
      const names = node.targets.map((target) => target.value);
      this.call(
        "set",
        at(node),
        () => this._emit("scope"),
        () => this._emit(JSON.stringify(names)),
        value,
      );
    }
    this._emitLine(";");
  }

  compileIf(node: Node): void {
    this._emit("if (");
    this.call("truth", at(node.cond), node.cond);
    this._emitLine(") {");
    this.compile(node.body);
    this._emitLine("}");
    if (node.else_ === null) return;
    this._emitLine("else {");
    this.compile(node.else_);
    this._emitLine("}");
  }

  compileFilteredFor(node: Node): void {
    const several = node.name.typename === "Array";
    const names = several ? node.name.children.map((name) => name.value) : node.name.value;
    this.call(
      "loop",
      at(node),
      () => this._emit("scope"),
      node.arr,
      () => this._emit(JSON.stringify(names)),
      () => (node.cond === null ? this._emit("null") : this.later(node.cond)),
      () => this.body(node.body),
      () => (node.else_ === null ? this._emit("null") : this.body(node.else_)),
    );
    this._emitLine(";");
  }

  compileWith(node: Node): void {
    this.call(
      "within",
      () => this._emit("scope"),
      () => {
        this._emit("[");
        node.bindings.forEach((binding, index) => {
          this._emit(`${index > 0 ? "," : ""}[${literal(binding.key.value)},`);
          this.compile(innerOf(binding));
          this._emit("]");
        });
        this._emit("]");
      },
      () => this.body(node.body),
    );
    this._emitLine(";");
  }

  private macro(node: Node): void {
    this.call(
      "macro",
      () => this._emit("scope"),
      nameOf(node.name),
      () => {
        this._emit("[");
        node.args.children.forEach((parameter, index) => {
          const pair = parameter.typename === "Pair";
          this._emit(`${index > 0 ? "," : ""}[${literal(pair ? parameter.key.value : parameter.value)},`);
          if (pair) this.later(innerOf(parameter));
          else this._emit("null");
          this._emit("]");
        });
        this._emit("]");
      },
      () => this.block(node.body),
    );
  }

  compileMacro(node: Node): void {
    this._emit(`scope.set(${literal(node.name.value)},`);
    this.macro(node);
    this._emitLine(");");
  }

  compileCaller(node: Node): void {
    this.macro(node);
  }

  compileCapture(node: Node): void {
    this._emit("(");
    this.block(node.body);
    this._emit(")(scope)");
  }
}

/** JavaScript whose run gives the function that renders the tree. */
export function compiled(root: Node): string {
  const compiler = new TemplateCompiler("template");
  compiler.compile(root);
  return compiler.getCode();
}

/** The same for one expression, whose value the function returns. */
export function compiledValue(expression: Node): string {
  const compiler = new TemplateCompiler("template");
  compiler.compileValue(expression);
  return compiler.getCode();
}
