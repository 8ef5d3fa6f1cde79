import nunjucksCompiler from "nunjucks/src/compiler.js";
import type { Node } from "nunjucks/src/nodes.js";
import { assignedOf, innerOf, nameOf } from "./syntax.ts";
import { place } from "./template-error.ts";

const operators: Readonly<Record<string, string>> = {
  Add: "+",
  Sub: "-",
  Mul: "*",
  Div: "/",
  FloorDiv: "//",
  Mod: "%",
  Pow: "**",
};

/**
 * Nunjucks' compiler whose code does nothing but call the runtime: nothing of the template becomes code, every text and name in it is
 * a JSON literal. Names are looked up when the code runs, in its scopes.
 */
class TemplateCompiler extends nunjucksCompiler.Compiler {
  /** `rt.name(arguments)`: numbers as they are, nodes compiled, functions called to emit. */
  private call(name: string, ...args: (Node | number | string | (() => void) | null)[]): void {
    this._emit(`rt.${name}(`);
    args.forEach((arg, at) => {
      if (at > 0) this._emit(",");
      if (typeof arg === "function") arg();
      else if (typeof arg === "object" && arg !== null) this.compile(arg);
      else this._emit(literal(arg));
    });
    this._emit(")");
  }

  private list(items: readonly Node[]): void {
    this._emit("[");
    items.forEach((item, at) => {
      if (at > 0) this._emit(",");
      this.compile(item);
    });
    this._emit("]");
  }

  /** `function (scope) { …; return output; }` */
  private block(body: Node | null): void {
    this._emitLine('function (scope) { var output = "";');
    if (body !== null) this.compile(body);
    this._emitLine("return output; }");
  }

  /** `function (scope) { return …; }` */
  private later(expression: Node): void {
    this._emit("function (scope) { return ");
    this.compile(expression);
    this._emit("; }");
  }

  /** A part of the template within a scope of its own, whose text goes where the text around it goes. */
  private body(node: Node): void {
    this._emitLine("function (scope) {");
    this.compile(node);
    this._emit("}");
  }

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

  compileLiteral(node: Node): void {
    this._emit(literal(node.value));
  }

  compileSymbol(node: Node): void {
    this._emit(`scope.get(${literal(node.value)})`);
  }

  compileArray(node: Node): void {
    this.list(node.children);
  }

  compileDict(node: Node): void {
    this._emit(`rt.dict(${at(node)},[`);
    node.children.forEach((pair, index) => {
      if (index > 0) this._emit(",");
      this.list([pair.key, innerOf(pair)]);
    });
    this._emit("])");
  }

  compileKeywordArgs(node: Node): void {
    this._emit(`rt.keywords([`);
    node.children.forEach((pair, index) => {
      this._emit(`${index > 0 ? "," : ""}[${literal(pair.key.value)},`);
      this.compile(innerOf(pair));
      this._emit("]");
    });
    this._emit("])");
  }

  compileInlineIf(node: Node): void {
    this._emit("(");
    this.call("truth", at(node.cond), node.cond);
    this._emit("?");
    this.compile(node.body);
    this._emit(":");
    if (node.else_ === null) this._emit("undefined");
    else this.compile(node.else_);
    this._emit(")");
  }

  compileOr(node: Node): void {
    this.call(
      "or",
      at(node),
      node.left,
      () => this.later(node.right),
      () => this._emit("scope"),
    );
  }

  compileAnd(node: Node): void {
    this.call(
      "and",
      at(node),
      node.left,
      () => this.later(node.right),
      () => this._emit("scope"),
    );
  }

  compileNot(node: Node): void {
    this._emit("!");
    this.call("truth", at(node), node.target);
  }

  private binary(node: Node): void {
    this.call("arithmetic", at(node), operators[node.typename] ?? "", node.left, node.right);
  }

  compileAdd = this.binary;
  compileSub = this.binary;
  compileMul = this.binary;
  compileDiv = this.binary;
  compileFloorDiv = this.binary;
  compileMod = this.binary;
  compilePow = this.binary;

  compileConcat(node: Node): void {
    this.call("joined", at(node), node.left, node.right);
  }

  compileNeg(node: Node): void {
    this.call("signed", at(node), "-", node.target);
  }

  compilePos(node: Node): void {
    this.call("signed", at(node), "+", node.target);
  }

  compileCompare(node: Node): void {
    this.call(
      "compare",
      at(node),
      node.expr,
      () => {
        this._emit("[");
        node.ops.forEach((operand, index) => {
          this._emit(`${index > 0 ? "," : ""}[${literal(operand.type)},`);
          this.later(operand.expr);
          this._emit("]");
        });
        this._emit("]");
      },
      () => this._emit("scope"),
    );
  }

  compileLookupVal(node: Node): void {
    this.call("member", at(node), node.target, node.val);
  }

  compileSlice(node: Node): void {
    this.call("slice", at(node), node.target, node.start, node.stop, node.step);
  }

  compileTest(node: Node): void {
    this.call("test", at(node), nameOf(node.name), node.target, () => this.list(node.args.children));
  }

  compileFilter(node: Node): void {
    const [value, ...args] = node.args.children;
    this.call("filter", at(node), nameOf(node.name), value ?? null, () => this.list(args));
  }

  compileFunCall(node: Node): void {
    const { name, args } = node;
    const given = () => this.list(args.children);
    if (name.typename === "LookupVal") this.call("callMember", at(node), name.target, name.val, given);
    else if (name.typename === "Symbol")
      this.call("callNamed", at(node), () => this._emit("scope"), nameOf(name), given);
    else this.call("callValue", at(node), name, given);
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

function at(node: Node): number {
  return place(node.lineno, node.colno);
}

/** Never anything but a literal of JavaScript. */
function literal(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
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
