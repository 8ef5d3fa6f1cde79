import type { Token } from "nunjucks/src/lexer.js";
import nodes, { type Node } from "nunjucks/src/nodes.js";
import { ExpressionParser, words } from "./expression-parser.ts";
import { FilteredFor, With } from "./syntax.ts";
import { advance, tokensOf } from "./tokens.ts";

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

/** Nunjucks' parser with Jinja's tags instead of its own. */
class TemplateParser extends ExpressionParser {
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

  /** One name, or several with commas between them, which may stand in brackets. */
  private parseTargets(): Node {
    const isBracketed = this.skip("left-paren");
    const first = this.parseName();
    const names = [first];
    let isList = false;
    while (this.skip("comma")) {
      isList = true;
      if (this.peekToken()?.type === "right-paren") break;
      names.push(this.parseName());
    }
    if (isBracketed && !this.skip("right-paren")) this.fail('")" was expected after the names');
    return isList ? new nodes.Array(first.lineno, first.colno, names) : first;
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

  private end(name: string, begun: Token): void {
    if (!this.skipSymbol(name))
      this.fail(`the tag ${begun.value} has no end: {% ${name} %} is missing`, begun.lineno, begun.colno);
    this.advanceAfterBlockEnd(name);
  }

  /** The tag that comes next, with its dash. */
  private opening(): string {
    return this.peekToken()?.value.slice(0, 3) ?? "";
  }
}

/** The syntax tree of a template. Like Jinja, it takes every line break as `\n` and leaves one at the end out. @throws TemplateError */
export function parse(source: string): Node {
  const text = source.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  return new TemplateParser(tokensOf(text)).parseAsRoot();
}
