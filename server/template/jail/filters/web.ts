import { pairsOf } from "../access.ts";
import { whole } from "../arguments.ts";
import { fits } from "../limits.ts";
import { truth } from "../operators.ts";
import { TemplateError } from "../template-error.ts";
import { textOf } from "../text.ts";
import { isRecord, Labels } from "../values.ts";
import { type Filter, filter, textFilter } from "./filter.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** A text for HTML, between tags and in attributes. */
function escaped(text: string): string {
  const result = text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
  fits(result.length);
  return result;
}

const unescapes: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(unescapes, name) ? (unescapes[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A text without comments and tags, its spaces single. */
function withoutTags(text: string): string {
  let kept = "";
  let at = 0;
  for (;;) {
    const open = text.indexOf("<", at);
    if (open < 0) break;
    const comment = text.startsWith("<!--", open);
    const close = text.indexOf(comment ? "-->" : ">", open);
    if (close < 0) break;
    kept += text.slice(at, open);
    at = close + (comment ? 3 : 1);
  }
  return unescaped((kept + text.slice(at)).split(/\s+/).filter(Boolean).join(" "));
}

/** One part of an address. @param keep what stays besides letters, digits and `_.-~` */
export function urlPart(text: string, keep: string): string {
  fits(text.length);
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const result = keep === "" ? encoded : encoded.replaceAll("%2F", keep);
  fits(result.length);
  return result;
}

function urlEncoded(value: unknown): string {
  const pairs =
    isRecord(value) || value instanceof Labels ? pairsOf(value) : Array.isArray(value) ? value : null;
  if (pairs === null) return urlPart(textOf(value), "/");
  const part = (each: unknown) => urlPart(textOf(each), "").replaceAll("%20", "+");
  const query = pairs.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TemplateError("urlencode takes a text, an object or pairs");
    return `${part(pair[0])}=${part(pair[1])}`;
  });
  fits(query.reduce((sum, each) => sum + each.length + 1, 0));
  return query.join("&");
}

const address = /^(?:(https?:\/\/)|www\.)[^\s<>"']{1,2000}$/i;

/** Addresses in a text as links; the text itself is escaped. */
function linked(text: string, limit: unknown, nofollow: unknown, target: unknown, rel: unknown): string {
  const rels = [
    ...(truth(nofollow) ? ["nofollow"] : []),
    ...(rel == null ? [] : textOf(rel).split(" ")),
    "noopener",
  ];
  const attributes = `${rels.length > 0 ? ` rel="${escaped([...new Set(rels)].sort().join(" "))}"` : ""}${target == null ? "" : ` target="${escaped(textOf(target))}"`}`;
  const most = limit == null ? null : whole("the limit of urlize", limit);
  const words = text.split(/(\s+)/).map((word) => {
    const [, lead = "", middle = "", tail = ""] = /^([(<]{0,9})(.*?)([)>.,:;!?]{0,9})$/s.exec(word) ?? [];
    const found = address.exec(middle);
    if (found === null) return escaped(word);
    const href = found[1] === undefined ? `https://${middle}` : middle;
    const shown = most !== null && middle.length > most ? `${middle.slice(0, most)}...` : middle;
    return `${escaped(lead)}<a href="${escaped(href)}"${attributes}>${escaped(shown)}</a>${escaped(tail)}`;
  });
  fits(words.reduce((sum, each) => sum + each.length, 0));
  return words.join("");
}

function attributesOf(value: unknown, space: unknown): string {
  const shown = pairsOf(value)
    .filter(([, each]) => each !== null && each !== undefined)
    .map(([key, each]) => {
      if (/[\s/>=]/.test(key)) throw new TemplateError(`${JSON.stringify(key)} is no name of an attribute`);
      return `${escaped(key)}="${escaped(textOf(each))}"`;
    });
  fits(shown.reduce((sum, each) => sum + each.length + 1, 0));
  return shown.length > 0 && (space === undefined || truth(space)) ? ` ${shown.join(" ")}` : shown.join(" ");
}

export const webFilters: Record<string, Filter> = {
  escape: textFilter("escape", [], escaped),
  e: textFilter("e", [], escaped),
  forceescape: textFilter("forceescape", [], escaped),
  safe: textFilter("safe", [], (text) => text),
  striptags: textFilter("striptags", [], withoutTags),
  urlencode: filter("urlencode", [], urlEncoded),
  urlize: textFilter("urlize", ["trim_url_limit", "nofollow", "target", "rel"], linked),
  xmlattr: filter("xmlattr", ["autospace"], attributesOf),
};
