import type { Token } from "nunjucks/src/lexer.js";
import nodes, { type Node } from "nunjucks/src/nodes.js";
import nunjucksParser from "nunjucks/src/parser.js";
import { FilteredFor, Slice, Test, With } from "./syntax.ts";
import { failAt, place } from "./template-error.ts";
import { advance, tokensOf } from "./tokens.ts";

const comparisons = ["==", "!=", "<", ">", "<=", ">="];
const words = ["else", "or", "and", "not", "in", "is", "if"];
const constants: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };
const refused: Readonly<Record<string, string>> = {
  include: "a template cannot load another one",
  extends: "a template cannot load another one",
  import: "a template cannot load another one",
  from: "a template cannot load another one",
  block: "there is nothing that a block could be put into",
  switch: "write `{% if %}` and `{% elif %}`",
  verbatim: "write `{% raw %}`",
  asyncEach: "write `{% for %}`",
  asyncAll: "write `{% for %}`",
  ifAsync: "write `{% if %}`",
  do: "expressions without a text have no effect here",
};
const tags = ["if", "for", "set", "with", "filter", "macro", "call", "raw"];
const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * Nunjucks' parser with the grammar of Jinja's expressions (their precedence, slices, tests without parentheses, filtered loops) and
 * Jinja's tags instead of its own.
 */
class TemplateParser extends nunjucksParser.Parser {
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

  override parseStatement(): Node | null {
    const token = this.peekToken();
    if (token === null || token.type !== "symbol") this.fail("the name of a tag was expected");
    if (this.breakOnBlocks?.includes(token.value)) return null;
    if (token.value === "with") return this.parseWith();
    if (tags.includes(token.value)) return super.parseStatement();
    const why = Object.hasOwn(refused, token.value) ? refused[token.value] : undefined;
    const what = token.value.startsWith("end")
      ? `the tag ${token.value} ends nothing`
      : `there is no tag ${token.value}`;
    this.fail(
      why === undefined
        ? `${what}; tags are ${tags.join(", ")}`
        : `the tag ${token.value} is not allowed: ${why}`,
    );
  }

  override parseFor(): Node {
    const tag = this.expect("symbol");
    const name = this.parseTargets();
    if (!this.skipSymbol("in")) this.fail('"in" was expected after the name of a loop');
    const arr = this.parseOr();
    const cond = this.skipSymbol("if") ? this.parseExpression() : null;
    if (this.skipSymbol("recursive")) this.fail("recursive loops are not supported", tag.lineno, tag.colno);
    this.advanceAfterBlockEnd("for");
    const body = this.parseUntilBlocks("endfor", "else");
    let otherwise: Node | null = null;
    if (this.skipSymbol("else")) {
      this.advanceAfterBlockEnd("else");
      otherwise = this.parseUntilBlocks("endfor");
    }
    this.end("endfor", tag);
    return new FilteredFor(tag.lineno, tag.colno, arr, name, cond, body, otherwise);
  }

  override parseIf(): Node {
    const tag = this.expect("symbol");
    const node = new nodes.If(tag.lineno, tag.colno);
    node.cond = this.parseExpression();
    this.advanceAfterBlockEnd(tag.value);
    node.body = this.parseUntilBlocks("elif", "else", "endif");
    const next = this.peekToken();
    if (next?.value === "elif") node.else_ = this.parseIf();
    else {
      if (this.skipSymbol("else")) {
        this.advanceAfterBlockEnd("else");
        node.else_ = this.parseUntilBlocks("endif");
      }
      this.end("endif", tag);
    }
    return node;
  }

  override parseSet(): Node {
    const tag = this.expect("symbol");
    const node = new nodes.Set(tag.lineno, tag.colno, []);
    const target = this.parseTargets();
    node.targets = target.typename === "Array" ? target.children : [target];
    if (node.targets.length === 1 && this.skipValue("operator", ".")) {
      const attribute = this.expect("symbol");
      node.targets = [
        new nodes.LookupVal(tag.lineno, tag.colno, node.targets[0], this.literal(attribute, attribute.value)),
      ];
    }
    if (this.skipValue("operator", "=")) {
      node.value = this.parseTuple();
      this.advanceAfterBlockEnd("set");
      return node;
    }
    this.advanceAfterBlockEnd("set");
    node.body = new nodes.Capture(tag.lineno, tag.colno, this.parseUntilBlocks("endset"));
    this.end("endset", tag);
    return node;
  }

  parseWith(): Node {
    const tag = this.expect("symbol");
    const bindings: Node[] = [];
    while (this.peekToken()?.type === "symbol") {
      const name = this.parseName();
      if (!this.skipValue("operator", "=")) this.fail('"=" was expected after a name in {% with %}');
      bindings.push(new nodes.Pair(name.lineno, name.colno, name, this.parseExpression()));
      if (!this.skip("comma")) break;
    }
    this.advanceAfterBlockEnd("with");
    const body = this.parseUntilBlocks("endwith");
    this.end("endwith", tag);
    return new With(tag.lineno, tag.colno, bindings, body);
  }

  override parseMacro(): Node {
    const tag = this.expect("symbol");
    const name = this.parseName();
    const args = this.parseParameters();
    this.advanceAfterBlockEnd("macro");
    const body = this.parseUntilBlocks("endmacro");
    this.end("endmacro", tag);
    return new nodes.Macro(tag.lineno, tag.colno, name, args, body);
  }

  override parseCall(): Node {
    const tag = this.expect("symbol");
    const parameters =
      this.peekToken()?.type === "left-paren"
        ? this.parseParameters()
        : new nodes.NodeList(tag.lineno, tag.colno);
    const call = this.parseUnary(true);
    if (call.typename !== "FunCall") this.fail("{% call %} has to call a macro", tag.lineno, tag.colno);
    this.advanceAfterBlockEnd("call");
    const body = this.parseUntilBlocks("endcall");
    this.end("endcall", tag);
    const name = new nodes.Symbol(tag.lineno, tag.colno, "caller");
    const caller = new nodes.Caller(tag.lineno, tag.colno, name, parameters, body);
    const last = call.args.children.at(-1);
    const keywords = last?.typename === "KeywordArgs" ? last : new nodes.KeywordArgs(tag.lineno, tag.colno);
    if (keywords !== last) call.args.children.push(keywords);
    keywords.children.push(new nodes.Pair(tag.lineno, tag.colno, name, caller));
    return new nodes.Output(tag.lineno, tag.colno, [call]);
  }

  override parseFilterStatement(): Node {
    const tag = this.expect("symbol");
    const held = new nodes.Capture(tag.lineno, tag.colno, null);
    this.pushToken({ type: "pipe", value: "|", lineno: tag.lineno, colno: tag.colno });
    const filtered = this.parseFilter(held);
    this.advanceAfterBlockEnd("filter");
    held.body = this.parseUntilBlocks("endfilter");
    this.end("endfilter", tag);
    return new nodes.Output(tag.lineno, tag.colno, [filtered]);
  }

  override parseRaw(): Node {
    const tag = this.expect("symbol");
    this.advanceAfterBlockEnd("raw");
    const { tokens } = this;
    const ending = /\{%(-?)\s*endraw\s*(-?)%\}/g;
    ending.lastIndex = tokens.index;
    const end = ending.exec(tokens.str);
    if (end === null) this.fail("{% raw %} has no end: {% endraw %} is missing", tag.lineno, tag.colno);
    let text = tokens.str.slice(tokens.index, end.index);
    advance(tokens, tokens.str.slice(tokens.index, end.index + end[0].length));
    if (this.dropLeadingWhitespace) text = text.trimStart();
    if (end[1] === "-") text = text.trimEnd();
    this.dropLeadingWhitespace = end[2] === "-";
    const data = new nodes.TemplateData(tag.lineno, tag.colno, text);
    return new nodes.Output(tag.lineno, tag.colno, [data]);
  }

  override parseNodes(): Node[] {
    const found: Node[] = [];
    for (let token = this.nextToken(); token !== null; token = this.nextToken()) {
      const { lineno, colno } = token;
      if (token.type === "data") {
        let text = token.value;
        if (this.dropLeadingWhitespace) text = text.trimStart();
        if (/^\{[{%#]-$/.test(this.opening())) text = text.trimEnd();
        this.dropLeadingWhitespace = false;
        found.push(new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, text)]));
      } else if (token.type === "block-start") {
        this.dropLeadingWhitespace = false;
        const statement = this.parseStatement();
        if (statement === null) break;
        found.push(statement);
      } else if (token.type === "variable-start") {
        const expression = this.parseExpression();
        this.dropLeadingWhitespace = false;
        this.advanceAfterVariableEnd();
        found.push(new nodes.Output(lineno, colno, [expression]));
      } else this.dropLeadingWhitespace = token.value.endsWith("-#}");
    }
    return found;
  }

  override advanceAfterVariableEnd(): void {
    const token = this.nextToken();
    if (token === null) this.fail('the expression has no end: "}}" is missing');
    if (token.type !== "variable-end") this.unexpected(token, 'the expression should end here with "}}"');
    this.dropLeadingWhitespace = token.value.startsWith("-");
  }

  override advanceAfterBlockEnd(name?: string): void {
    if (name === undefined) this.nextToken();
    const token = this.nextToken();
    if (token === null) this.fail('the tag has no end: "%}" is missing');
    if (token.type !== "block-end") this.unexpected(token, 'the tag should end here with "%}"');
    if (token.value.startsWith("-")) this.dropLeadingWhitespace = true;
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

  /** Of a macro: symbols, and pairs for those with a default. */
  private parseParameters(): Node {
    const open = this.expect("left-paren");
    const list = new nodes.NodeList(open.lineno, open.colno, []);
    for (let first = true; !this.skip("right-paren"); first = false) {
      if (!first) this.expect("comma");
      const name = this.parseName();
      const value = this.skipValue("operator", "=") ? this.parseExpression() : null;
      list.children.push(value === null ? name : new nodes.Pair(name.lineno, name.colno, name, value));
    }
    return list;
  }

  /** One name, or several with commas between them. */
  private parseTargets(): Node {
    const first = this.parseName();
    if (this.peekToken()?.type !== "comma") return first;
    const names = [first];
    while (this.skip("comma")) names.push(this.parseName());
    return new nodes.Array(first.lineno, first.colno, names);
  }

  private parseTuple(): Node {
    const first = this.parseExpression();
    if (this.peekToken()?.type !== "comma") return first;
    const items = [first];
    while (this.skip("comma")) items.push(this.parseExpression());
    return new nodes.Array(first.lineno, first.colno, items);
  }

  private parseName(): Node {
    const token = this.nextToken();
    if (token === null) this.fail("a name was expected, and the template ends");
    if (token.type !== "symbol" || words.includes(token.value)) this.unexpected(token, "a name was expected");
    return this.named(token);
  }

  private named(token: Token): Node {
    if (!identifier.test(token.value)) this.unexpected(token, "a name was expected");
    return new nodes.Symbol(token.lineno, token.colno, token.value);
  }

  private literal(token: Token, value: unknown): Node {
    return new nodes.Literal(token.lineno, token.colno, value);
  }

  private end(name: string, begun: Token): void {
    if (!this.skipSymbol(name))
      this.fail(`the tag ${begun.value} has no end: {% ${name} %} is missing`, begun.lineno, begun.colno);
    this.advanceAfterBlockEnd(name);
  }

  /** The tag that comes next, with its dash. */
  private opening(): string {
    return this.peekToken()?.value.slice(0, 3) ?? "";
  }

  private unexpected(token: Token, expected: string): never {
    const hint = token.value === "===" || token.value === "!==" ? `; write ${token.value.slice(0, 2)}` : "";
    this.fail(`${expected}, not ${shown(token)}${hint}`, token.lineno, token.colno);
  }
}

function shown(token: Token): string {
  return JSON.stringify(String(token.value).slice(0, 40));
}

function beginsOperand(token: Token): boolean {
  if (token.type === "symbol") return !["else", "or", "and", "not", "in", "is", "if"].includes(token.value);
  return ["string", "int", "float", "boolean", "none", "left-bracket", "left-curly"].includes(token.type);
}

/** The syntax tree of a template. Like Jinja, it takes every line break as `\n` and leaves one at the end out. @throws TemplateError */
export function parse(source: string): Node {
  const text = source.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  return new TemplateParser(tokensOf(text)).parseAsRoot();
}
