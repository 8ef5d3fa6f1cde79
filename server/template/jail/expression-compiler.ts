import type { Node } from "nunjucks/src/nodes.js";
import { at, CodeWriter, literal } from "./code-writer.ts";
import { innerOf, nameOf } from "./syntax.ts";

const operators: Readonly<Record<string, string>> = {
  Add: "+",
  Sub: "-",
  Mul: "*",
  Div: "/",
  FloorDiv: "//",
  Mod: "%",
  Pow: "**",
};

/** What expressions become. */
export class ExpressionCompiler extends CodeWriter {
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
}
