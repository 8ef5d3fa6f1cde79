import type { Place } from "./place.ts";

/** Inside of quotes `from` is behind the first one. */
export interface JsonPlace extends Place {
  /** Which quotes are there already. */
  readonly quotes: "none" | "first" | "both";
}

/** An object or list that has begun and not ended. */
interface Open {
  kind: "object" | "list";
  /** The field that it, or the list that it is in, is the value of. */
  owner: string | null;
  /** Of an object: those that have ended. */
  fields: Map<string, string>;
  /** Of an object: the name whose value comes; null where a name comes. */
  name: string | null;
  /** A text or word that may be a name. */
  last: string | null;
}

const token = /"((?:[^"\\\n]|\\.)*)("?)|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * Looks at what has begun before a place, so that it works where the text is not whole yet. Null where nothing can be known.
 *
 * @param listed whether the items of a field's list are texts that are known
 */
export function jsonPlace(text: string, at: number, listed: (field: string) => boolean): JsonPlace | null {
  const { open, typed } = read(text.slice(0, at));
  const top = open.at(-1);
  if (top === undefined || typed === null) return null;
  const around = open.flatMap(({ kind, owner }) => (kind === "object" && owner !== null ? [owner] : []));
  const quotes = !typed.quoted ? "none" : text[at] === '"' ? "both" : "first";
  const place = { inside: around, from: at - typed.text.length, quotes } as const;
  if (top.kind === "list")
    return top.owner !== null && listed(top.owner) ? { ...place, beside: new Map(), field: top.owner } : null;
  const rest = read(`{"":"${quotes === "both" ? text.slice(at) : `",${text.slice(at)}`}`, 1).open.at(0);
  const beside = new Map([...top.fields, ...(rest?.fields ?? [])].filter(([name]) => name !== ""));
  return { ...place, beside, field: top.name };
}

/**
 * What has begun in a text and not ended, outermost first, and what is being typed at its end: null behind what is whole.
 *
 * @param until reads no further than to where fewer than this many are open
 */
function read(text: string, until = 0) {
  const open: Open[] = [];
  let typed: { text: string; quoted: boolean } | null = { text: "", quoted: false };
  for (const match of text.matchAll(token)) {
    const [whole, quoted, ended] = match;
    const isEnd = match.index + whole.length === text.length;
    const top = open.at(-1);
    typed = { text: "", quoted: false };
    switch (whole) {
      case "{":
      case "[":
        if (top?.name != null) top.fields.set(top.name, "");
        open.push({
          kind: whole === "{" ? "object" : "list",
          owner: top === undefined || top.kind === "list" ? (top?.owner ?? null) : top.name,
          fields: new Map(),
          name: null,
          last: null,
        });
        break;
      case "}":
      case "]":
        if (open.length <= until) return { open, typed };
        open.pop();
        typed = null;
        break;
      case ":":
        if (top !== undefined) Object.assign(top, { name: top.last, last: null });
        break;
      case ",":
        if (top !== undefined) Object.assign(top, { name: null, last: null });
        break;
      default: {
        const value = quoted ?? whole;
        if (isEnd && ended !== '"') typed = { text: value, quoted: quoted !== undefined };
        else {
          typed = null;
          if (top?.name != null) top.fields.set(top.name, value);
          else if (top !== undefined) top.last = value;
        }
      }
    }
  }
  return { open, typed };
}
