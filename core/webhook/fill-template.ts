import type { Issue } from "../error.ts";
import { isJsonObject, type Json } from "../json.ts";
import { isTemplate } from "../template/is-template.ts";

/** A text of a structured template that is to be rendered, and where it stands; `key`: it is the name of a property. */
export interface TemplateText {
  readonly path: readonly string[];
  readonly source: string;
  readonly key: boolean;
}

/** Every text to be rendered, in the order in which `fillTemplate` takes what was made of them. */
export function templateTexts(value: Json, path: readonly string[] = []): TemplateText[] {
  if (typeof value === "string") return isTemplate(value) ? [{ path, source: value, key: false }] : [];
  if (Array.isArray(value)) return value.flatMap((item, at) => templateTexts(item, [...path, String(at)]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = [...path, name];
    const itself = isTemplate(name) ? [{ path: at, source: name, key: true }] : [];
    return [...itself, ...templateTexts(inner, at)];
  });
}

/**
 * The value with each of its texts replaced by what it was rendered to. Nothing else changes: two names that become the same are
 * refused, so that none takes the other's place.
 */
export function fillTemplate(
  value: Json,
  rendered: readonly string[],
): { ok: true; value: Json } | { ok: false; issues: Issue[] } {
  const issues: Issue[] = [];
  let next = 0;
  const text = (source: string) => (isTemplate(source) ? (rendered[next++] ?? "") : source);
  const fill = (each: Json, path: readonly string[]): Json => {
    if (typeof each === "string") return text(each);
    if (Array.isArray(each)) return each.map((item, at) => fill(item, [...path, String(at)]));
    if (!isJsonObject(each)) return each;
    const names = new Set<string>();
    const members: [string, Json][] = [];
    for (const [source, inner] of Object.entries(each)) {
      const name = text(source);
      if (names.has(name))
        issues.push({ path: [...path], message: `two of its names become ${JSON.stringify(name)}` });
      names.add(name);
      members.push([name, fill(inner, [...path, name])]);
    }
    return Object.fromEntries(members);
  };
  const filled = fill(value, []);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: filled };
}
