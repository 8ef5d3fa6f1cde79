import lexer, { type Token, type Tokenizer } from "nunjucks/src/lexer.js";
import { failAt, place } from "./template-error.ts";

const number = /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
const whole = /\d+/y;
const opening = /\{[{%#]/g;
const word = /[A-Za-z_][A-Za-z0-9_]*(?![^\s()[\]{}%*+\-~/#,:|.<>=!])/y;
const space = /[ \n\t]+/y;

/**
 * Nunjucks' tokens, but texts, numbers and what stands between the tags read as Jinja reads them: escapes, exponents, `#}` as ordinary
 * text, and `}}` behind an object within an object.
 */
export function tokensOf(source: string): Tokenizer {
  const tokens = lexer.lex(source);
  const next = tokens.nextToken;
  let dotted = false;
  let braces = 0;
  tokens.nextToken = () => {
    const token =
      braces > 0 && tokens.in_code
        ? (closing(tokens) ?? read(tokens, next, dotted))
        : read(tokens, next, dotted);
    if (token?.type === "left-curly") braces += 1;
    else if (token?.type === "right-curly") braces -= 1;
    else if (token?.type === "data") braces = 0;
    dotted = token !== null && token.type === "operator" && token.value === ".";
    return token;
  };
  return tokens;
}

/** A brace that ends an object, also where another one follows. */
function closing(tokens: Tokenizer): Token | null {
  const { str, index, lineno, colno } = tokens;
  if (str.charAt(index) !== "}") return null;
  advance(tokens, "}");
  return { type: "right-curly", value: "}", lineno, colno };
}

function read(tokens: Tokenizer, next: () => Token | null, dotted: boolean): Token | null {
  if (tokens.index >= tokens.len) return null;
  const { str, index, lineno, colno } = tokens;
  if (!tokens.in_code) return readData(tokens, next);
  const first = str.charAt(index);
  if (first === '"' || first === "'")
    return { type: "string", value: readText(tokens, first), lineno, colno };
  const blank = found(space, tokens);
  if (blank !== "") return { type: "whitespace", value: blank, lineno, colno };
  if (first === "r" && str.charAt(index + 1) === "/")
    failAt("regular expressions are not supported in templates", place(lineno, colno));
  if (first >= "0" && first <= "9") {
    const digits = found(dotted ? whole : number, tokens);
    if (digits === "") failAt("a number was expected here", place(lineno, colno));
    return {
      type: /^[\d_]+$/.test(digits) ? "int" : "float",
      value: digits.replaceAll("_", ""),
      lineno,
      colno,
    };
  }
  const name = found(word, tokens);
  if (name !== "")
    return {
      type: Object.hasOwn(literals, name) ? (literals[name] ?? "") : "symbol",
      value: name,
      lineno,
      colno,
    };
  return next.call(tokens);
}

const literals: Readonly<Record<string, string>> = {
  true: "boolean",
  false: "boolean",
  none: "none",
  null: "none",
};

/** What a pattern finds right here; it is taken. Nothing where it does not fit. */
function found(pattern: RegExp, tokens: Tokenizer): string {
  pattern.lastIndex = tokens.index;
  const text = pattern.exec(tokens.str)?.[0] ?? "";
  advance(tokens, text);
  return text;
}

/** Goes on behind a text that stands here. */
export function advance(tokens: Tokenizer, text: string): void {
  tokens.index += text.length;
  const last = text.lastIndexOf("\n");
  if (last < 0) tokens.colno += text.length;
  else {
    tokens.lineno += text.split("\n").length - 1;
    tokens.colno = text.length - last - 1;
  }
}

function readData(tokens: Tokenizer, next: () => Token | null): Token | null {
  const { str, index, lineno, colno } = tokens;
  const start = str.slice(index, index + 2);
  if (start === "{{" || start === "{%") return next.call(tokens);
  if (start === "{#") {
    const end = str.indexOf("#}", index + 2);
    if (end < 0) failAt("the comment has no end: `#}` is missing", place(lineno, colno));
    const value = str.slice(index, end + 2);
    advance(tokens, value);
    return { type: "comment", value, lineno, colno };
  }
  opening.lastIndex = index;
  const end = opening.exec(str)?.index ?? str.length;
  const value = str.slice(index, end);
  advance(tokens, value);
  return { type: "data", value, lineno, colno };
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};
const coded = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))/;

function readText(tokens: Tokenizer, quote: string): string {
  const { str, index, lineno, colno } = tokens;
  let text = "";
  let at = index + 1;
  for (; at < str.length && str.charAt(at) !== quote; at += 1) {
    const character = str.charAt(at);
    if (character !== "\\") {
      text += character;
      continue;
    }
    const after = str.charAt(at + 1);
    const code = coded.exec(str.slice(at + 1, at + 10));
    if (code !== null) {
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? "", 16);
      if (point > 0x10ffff) failAt("there is no such character", place(lineno, colno));
      text += String.fromCodePoint(point);
      at += code[0].length;
    } else if (Object.hasOwn(escapes, after)) {
      text += escapes[after];
      at += 1;
    } else text += character;
  }
  if (at >= str.length) failAt(`the text has no end: ${quote} is missing`, place(lineno, colno));
  advance(tokens, str.slice(index, at + 1));
  return text;
}
