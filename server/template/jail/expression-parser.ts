import type { Token } from "nunjucks/src/lexer.js";
import nodes, { type Node } from "nunjucks/src/nodes.js";
import nunjucksParser from "nunjucks/src/parser.js";
import { Slice, Test } from "./syntax.ts";
import { failAt, place } from "./template-error.ts";

const comparisons = ["==", "!=", "<", ">", "<=", ">="];
/** Names that have a meaning of their own in expressions. */
export const words = ["else", "or", "and", "not", "in", "is", "if"];
const constants: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };
const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Nunjucks' parser with the grammar of Jinja's expressions: their precedence, slices, tests without parentheses. */
export class ExpressionParser extends nunjucksParser.Parser {
  override fail(message: string, lineno?: number, colno?: number): never {
    const token = lineno === undefined ? this.peekToken() : null;
    failAt(
      message,
      place(lineno ?? token?.lineno ?? this.tokens.lineno, colno ?? token?.colno ?? this.tokens.colno),
    );
  }

  override expect(type: string): Token {
    const token = this.nextToken();
    if (token === null) this.fail(`${type} was expected, and the template ends`);
    if (token.type !== type)
      this.fail(`${type} was expected, not ${shown(token)}`, token.lineno, token.colno);
    return token;
  }

  override parseExpression(): Node {
    let node = this.parseOr();
    while (this.peekToken()?.value === "if" && this.skipSymbol("if")) {
      const inline = new nodes.InlineIf(node.lineno, node.colno);
      inline.body = node;
      inline.cond = this.parseOr();
      inline.else_ = this.skipSymbol("else") ? this.parseExpression() : null;
      node = inline;
    }
    return node;
  }

  parseOr(): Node {
    let node = this.parseAnd();
    while (this.skipSymbol("or")) node = new nodes.Or(node.lineno, node.colno, node, this.parseAnd());
    return node;
  }

  parseAnd(): Node {
    let node = this.parseNot();
    while (this.skipSymbol("and")) node = new nodes.And(node.lineno, node.colno, node, this.parseNot());
    return node;
  }

  parseNot(): Node {
    const token = this.peekToken();
    if (!this.skipSymbol("not")) return this.parseCompare();
    return new nodes.Not(token?.lineno, token?.colno, this.parseNot());
  }

  parseCompare(): Node {
    const first = this.parseSum();
    const ops: Node[] = [];
    for (let token = this.nextToken(); ; token = this.nextToken()) {
      const operator = token === null ? null : this.comparison(token);
      if (token === null || operator === null) {
        this.pushToken(token);
        break;
      }
      ops.push(new nodes.CompareOperand(token.lineno, token.colno, this.parseSum(), operator));
    }
    return ops.length === 0 ? first : new nodes.Compare(first.lineno, first.colno, first, ops);
  }

  /** The operator that begins with this token, which is taken with it; null where there is none. */
  private comparison(token: Token): string | null {
    if (token.type === "operator" && comparisons.includes(token.value)) return token.value;
    if (token.type !== "symbol") return null;
    if (token.value === "in") return "in";
    if (token.value !== "not") return null;
    if (!this.skipSymbol("in")) this.fail('"in" was expected after not', token.lineno, token.colno);
    return "not in";
  }

  parseSum(): Node {
    return this.binary("operator", { "+": nodes.Add, "-": nodes.Sub }, () => this.parseJoined());
  }

  parseJoined(): Node {
    return this.binary("tilde", { "~": nodes.Concat }, () => this.parseProduct());
  }

  parseProduct(): Node {
    const operators = { "*": nodes.Mul, "/": nodes.Div, "//": nodes.FloorDiv, "%": nodes.Mod };
    return this.binary("operator", operators, () => this.parsePower());
  }

  parsePower(): Node {
    return this.binary("operator", { "**": nodes.Pow }, () => this.parseUnary());
  }

  private binary(type: string, operators: Record<string, (typeof nodes)["Add"]>, operand: () => Node): Node {
    let node = operand();
    for (;;) {
      const token = this.peekToken();
      if (token === null || token.type !== type || !Object.hasOwn(operators, token.value)) return node;
      this.nextToken();
      const Operation = operators[token.value] ?? nodes.Add;
      node = new Operation(token.lineno, token.colno, node, operand());
    }
  }

  override parseUnary(noFilters = false): Node {
    const token = this.peekToken();
    let node: Node;
    if (this.skipValue("operator", "-"))
      node = new nodes.Neg(token?.lineno, token?.colno, this.parseUnary(true));
    else if (this.skipValue("operator", "+"))
      node = new nodes.Pos(token?.lineno, token?.colno, this.parseUnary(true));
    else node = this.parsePrimary();
    return noFilters ? node : this.parseFilter(node);
  }

  override parseFilter(given: Node): Node {
    let node = given;
    for (;;) {
      if (this.skip("pipe")) {
        const token = this.expect("symbol");
        const name = new nodes.Symbol(token.lineno, token.colno, token.value);
        const args = this.peekToken()?.type === "left-paren" ? this.parseSignature().children : [];
        const all = new nodes.NodeList(token.lineno, token.colno, [node, ...args]);
        node = new nodes.Filter(token.lineno, token.colno, name, all);
      } else if (this.peekToken()?.value === "is" && this.skipSymbol("is")) node = this.parseTest(node);
      else if (this.peekToken()?.type === "left-paren") node = this.parsePostfix(node);
      else return node;
    }
  }

  private parseTest(target: Node): Node {
    const not = this.skipSymbol("not");
    const token = this.nextToken();
    if (token === null || !["symbol", "boolean", "none"].includes(token.type))
      this.fail("the name of a test was expected after is", token?.lineno, token?.colno);
    const name = token.value === "null" ? "none" : token.value;
    let args: Node[] = [];
    const next = this.peekToken();
    if (next?.type === "left-paren") args = this.parseSignature().children;
    else if (next !== null && beginsOperand(next)) args = [this.parsePrimary()];
    const list = new nodes.NodeList(token.lineno, token.colno, args);
    const test = new Test(
      token.lineno,
      token.colno,
      target,
      new nodes.Symbol(token.lineno, token.colno, name),
      list,
    );
    return not ? new nodes.Not(token.lineno, token.colno, test) : test;
  }

  override parsePrimary(): Node {
    const token = this.nextToken();
    if (token === null) this.fail("an expression was expected, and the template ends");
    return this.parsePostfix(this.operand(token));
  }

  private operand(token: Token): Node {
    switch (token.type) {
      case "string": {
        let text = token.value;
        while (this.peekToken()?.type === "string") text += this.nextToken()?.value ?? "";
        return this.literal(token, text);
      }
      case "int":
      case "float":
        return this.literal(token, Number(token.value));
      case "boolean":
        return this.literal(token, token.value === "true");
      case "none":
        return this.literal(token, null);
      case "symbol": {
        if (Object.hasOwn(constants, token.value)) return this.literal(token, constants[token.value] ?? null);
        if (words.includes(token.value)) this.unexpected(token, "an expression was expected");
        return this.named(token);
      }
      case "left-paren":
        return this.parseParenthesis(token);
      case "left-bracket":
        return new nodes.Array(token.lineno, token.colno, this.parseItems("right-bracket"));
      case "left-curly":
        return this.parseDict(token);
      default:
        return this.unexpected(token, "an expression was expected");
    }
  }

  private parseParenthesis(open: Token): Node {
    const list = new nodes.Array(open.lineno, open.colno, []);
    for (let tuple = false; ; tuple = true) {
      if (this.skip("right-paren")) return list;
      const item = this.parseExpression();
      if (this.skip("right-paren")) {
        if (!tuple) return item;
        list.children.push(item);
        return list;
      }
      list.children.push(item);
      this.expect("comma");
    }
  }

  private parseItems(end: string): Node[] {
    const items: Node[] = [];
    while (!this.skip(end)) {
      if (items.length > 0) {
        this.expect("comma");
        if (this.skip(end)) break;
      }
      items.push(this.parseExpression());
    }
    return items;
  }

  private parseDict(open: Token): Node {
    const pairs: Node[] = [];
    while (!this.skip("right-curly")) {
      if (pairs.length > 0) {
        this.expect("comma");
        if (this.skip("right-curly")) break;
      }
      const key = this.parseExpression();
      this.expect("colon");
      pairs.push(new nodes.Pair(key.lineno, key.colno, key, this.parseExpression()));
    }
    return new nodes.Dict(open.lineno, open.colno, pairs);
  }

  override parsePostfix(given: Node): Node {
    let node = given;
    for (let token = this.peekToken(); token !== null; token = this.peekToken()) {
      const { lineno, colno } = token;
      if (token.type === "left-paren") node = new nodes.FunCall(lineno, colno, node, this.parseSignature());
      else if (token.type === "left-bracket") node = this.parseSubscript(node);
      else if (this.skipValue("operator", ".")) {
        const name = this.nextToken();
        if (name === null || !["symbol", "int", "boolean", "none"].includes(name.type))
          this.fail("a name was expected after the dot", name?.lineno ?? lineno, name?.colno ?? colno);
        const key =
          name.type === "int"
            ? Number(name.value)
            : name.type === "symbol"
              ? this.named(name).value
              : name.value;
        node = new nodes.LookupVal(lineno, colno, node, this.literal(name, key));
      } else break;
    }
    return node;
  }

  private parseSubscript(target: Node): Node {
    const open = this.expect("left-bracket");
    const parts: (Node | null)[] = [null];
    for (let at = 0; !this.skip("right-bracket"); ) {
      if (this.skip("colon")) {
        at += 1;
        parts[at] = null;
        if (at > 2) this.fail("a slice has at most three parts");
      } else if (parts[at] !== null) this.fail('"]" was expected');
      else parts[at] = this.parseExpression();
    }
    const [first = null, stop = null, step = null] = parts;
    if (parts.length > 1) return new Slice(open.lineno, open.colno, target, first, stop, step);
    if (first === null) this.fail("there is no index in the brackets", open.lineno, open.colno);
    return new nodes.LookupVal(open.lineno, open.colno, target, first);
  }

  override parseSignature(): Node {
    const open = this.expect("left-paren");
    const args = new nodes.NodeList(open.lineno, open.colno, []);
    const keywords = new nodes.KeywordArgs(open.lineno, open.colno, []);
    for (let first = true; !this.skip("right-paren"); first = false) {
      if (!first) {
        this.expect("comma");
        if (this.skip("right-paren")) break;
      }
      const value = this.parseExpression();
      if (this.skipValue("operator", "=")) {
        if (value.typename !== "Symbol")
          this.fail("an argument's name was expected before =", value.lineno, value.colno);
        keywords.children.push(new nodes.Pair(value.lineno, value.colno, value, this.parseExpression()));
      } else if (keywords.children.length > 0)
        this.fail("arguments without a name come first", value.lineno, value.colno);
      else args.children.push(value);
    }
    if (keywords.children.length > 0) args.children.push(keywords);
    return args;
  }

  protected named(token: Token): Node {
    if (!identifier.test(token.value)) this.unexpected(token, "a name was expected");
    return new nodes.Symbol(token.lineno, token.colno, token.value);
  }

  protected literal(token: Token, value: unknown): Node {
    return new nodes.Literal(token.lineno, token.colno, value);
  }

  protected unexpected(token: Token, expected: string): never {
    const hint = token.value === "===" || token.value === "!==" ? `; write ${token.value.slice(0, 2)}` : "";
    this.fail(`${expected}, not ${shown(token)}${hint}`, token.lineno, token.colno);
  }
}

function shown(token: Token): string {
  return JSON.stringify(String(token.value).slice(0, 40));
}

function beginsOperand(token: Token): boolean {
  if (token.type === "symbol") return !words.includes(token.value);
  return ["string", "int", "float", "boolean", "none", "left-bracket", "left-curly"].includes(token.type);
}
