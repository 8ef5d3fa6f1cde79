// What is used of Nunjucks' sources, which have no types of their own.

declare module "nunjucks/src/lexer.js" {
  export interface Token {
    type: string;
    value: string;
    lineno: number;
    colno: number;
  }
  export interface Tokenizer {
    str: string;
    index: number;
    len: number;
    lineno: number;
    colno: number;
    in_code: boolean;
    tags: Record<"VARIABLE_START" | "VARIABLE_END" | "COMMENT_START" | "COMMENT_END", string>;
    nextToken(): Token | null;
    current(): string;
    forwardN(count: number): void;
  }
  const lexer: { lex(source: string): Tokenizer };
  // biome-ignore lint/style/noDefaultExport: CommonJS, whose exports are one object
  export default lexer;
}

declare module "nunjucks/src/nodes.js" {
  /** A node of the syntax tree. Which fields it has depends on its `typename`. */
  export interface Node {
    readonly typename: string;
    readonly fields: readonly string[];
    lineno: number;
    colno: number;
    children: Node[];
    name: Node;
    args: Node;
    target: Node;
    targets: Node[];
    val: Node;
    key: Node;
    left: Node;
    right: Node;
    expr: Node;
    ops: Node[];
    type: string;
    cond: Node;
    body: Node;
    else_: Node | null;
    arr: Node;
    /** A literal's value, a name, or a node, by the type of the node. */
    value: string | number | boolean | RegExp | Node | null;
    start: Node | null;
    stop: Node | null;
    step: Node | null;
    inner: Node | null;
    bindings: Node[];
  }
  export interface NodeClass {
    new (lineno?: number, colno?: number, ...fields: unknown[]): Node;
    extend(name: string, members: object): NodeClass;
  }
  const nodes: Record<
    | "Node"
    | "Root"
    | "NodeList"
    | "Literal"
    | "Symbol"
    | "Group"
    | "Array"
    | "Dict"
    | "Pair"
    | "Output"
    | "TemplateData"
    | "Capture"
    | "If"
    | "InlineIf"
    | "For"
    | "Set"
    | "Macro"
    | "Caller"
    | "FunCall"
    | "Filter"
    | "LookupVal"
    | "KeywordArgs"
    | "Is"
    | "In"
    | "Not"
    | "And"
    | "Or"
    | "Add"
    | "Sub"
    | "Mul"
    | "Div"
    | "FloorDiv"
    | "Mod"
    | "Pow"
    | "Neg"
    | "Pos"
    | "Concat"
    | "Compare"
    | "CompareOperand",
    NodeClass
  >;
  // biome-ignore lint/style/noDefaultExport: CommonJS, whose exports are one object
  export default nodes;
}

declare module "nunjucks/src/parser.js" {
  import type { Token, Tokenizer } from "nunjucks/src/lexer.js";
  import type { Node } from "nunjucks/src/nodes.js";

  class Parser {
    constructor(tokens: Tokenizer);
    tokens: Tokenizer;
    breakOnBlocks: string[] | null;
    dropLeadingWhitespace: boolean;
    nextToken(withWhitespace?: boolean): Token | null;
    peekToken(): Token | null;
    pushToken(token: Token | null): void;
    fail(message: string, lineno?: number, colno?: number): never;
    skip(type: string): boolean;
    expect(type: string): Token;
    skipValue(type: string, value: string): boolean;
    skipSymbol(value: string): boolean;
    advanceAfterBlockEnd(name?: string): void;
    advanceAfterVariableEnd(): void;
    parseStatement(): Node | null;
    parseUntilBlocks(...names: string[]): Node;
    parseSignature(tolerant?: boolean | null, noParens?: boolean): Node;
    parseFilterName(): Node;
    parseIf(): Node;
    parseFor(): Node;
    parseSet(): Node;
    parseRaw(): Node;
    parseMacro(): Node;
    parseCall(): Node;
    parseFilterStatement(): Node;
    parsePrimary(noPostfix?: boolean): Node;
    parseAggregate(): Node | null;
    parsePostfix(node: Node): Node;
    parseExpression(): Node;
    parseUnary(noFilters?: boolean): Node;
    parseFilter(node: Node): Node;
    parseNodes(): Node[];
    parseAsRoot(): Node;
  }
  const parser: { Parser: typeof Parser };
  // biome-ignore lint/style/noDefaultExport: CommonJS, whose exports are one object
  export default parser;
}

declare module "nunjucks/src/compiler.js" {
  import type { Node } from "nunjucks/src/nodes.js";

  class Compiler {
    constructor(templateName: string, throwOnUndefined?: boolean);
    buffer: string | null;
    _emit(code: string): void;
    _emitLine(code: string): void;
    _tmpid(): string;
    fail(message: string, lineno?: number, colno?: number): never;
    compile(node: Node, frame?: undefined): void;
    getCode(): string;
  }
  const compiler: { Compiler: typeof Compiler };
  // biome-ignore lint/style/noDefaultExport: CommonJS, whose exports are one object
  export default compiler;
}
