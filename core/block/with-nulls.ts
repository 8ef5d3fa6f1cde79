import { isPlainObject } from "../json.ts";

/**
 * A copy with null for every property that it lacks and that its type asks for, as the problems with it tell; what else is wrong stays.
 *
 * @param issues those of the value; `path` leads to what each is about
 */
export function withNulls(
  value: unknown,
  issues: Iterable<{ readonly path: readonly PropertyKey[] }>,
): unknown {
  const copy: unknown = structuredClone(value);
  for (const { path } of issues) setIfMissing(copy, path);
  return copy;
}

function setIfMissing(root: unknown, path: readonly PropertyKey[]): void {
  const name = path.at(-1);
  let parent = root;
  for (const step of path.slice(0, -1)) {
    if (Array.isArray(parent)) parent = parent[Number(step)];
    else parent = isPlainObject(parent) && Object.hasOwn(parent, step) ? parent[String(step)] : undefined;
  }
  if (typeof name === "string" && isPlainObject(parent) && !Object.hasOwn(parent, name))
    Object.defineProperty(parent, name, {
      value: null,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}
