import type { Issue } from "../error.ts";
import type { Json } from "../json.ts";

/** A value that a template stands in place of. */
export function isTemplate(value: Json | undefined): boolean {
  return typeof value === "string" && /\{\{|\{%/.test(value);
}

/** The issues but those of values that templates will give: what these come to is known when they are rendered. */
export function withoutTemplated(issues: readonly Issue[], variables: Json, depth: number): Issue[] {
  return issues.filter(({ path }) => {
    let at: Json | undefined = variables;
    for (const step of path.slice(depth)) {
      // An array's indexes are its own properties too.
      at =
        typeof at === "object" && at !== null
          ? (at as { [step: string]: Json | undefined })[step]
          : undefined;
      if (isTemplate(at)) return false;
    }
    return !isTemplate(at);
  });
}
