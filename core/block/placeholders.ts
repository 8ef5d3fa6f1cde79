import { suggestion } from "../document/nearest.ts";
import type { Issue } from "../error.ts";

const placeholder = /\{\{([^{}]*)\}\}/g;

/** Every text in the value, also in names of properties, with `{{ name }}` replaced. */
export function fillPlaceholders(value: unknown, valueFor: (name: string) => string): unknown {
  if (typeof value === "string") return fillText(value, valueFor);
  if (Array.isArray(value)) return value.map((item) => fillPlaceholders(item, valueFor));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [fillText(key, valueFor), fillPlaceholders(item, valueFor)]),
  );
}

export function fillText(text: string, valueFor: (name: string) => string): string {
  return text.replaceAll(placeholder, (_, name: string) => valueFor(name.trim()));
}

/** Every placeholder that names nothing known. */
export function placeholderIssues(value: unknown, known: readonly string[], path: string[] = []): Issue[] {
  if (typeof value === "string") return inText(value, known, path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...inText(key, known, path),
    ...placeholderIssues(item, known, [...path, key]),
  ]);
}

function inText(text: string, known: readonly string[], path: string[]): Issue[] {
  const names = [...text.matchAll(placeholder)].map(([, name = ""]) => name.trim());
  return [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path,
      message: `names ${JSON.stringify(name)}, which stands for nothing${suggestion(name, known)}`,
    }));
}
