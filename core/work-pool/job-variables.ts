import type { Issue } from "../error.ts";
import { isJsonObject, type Json } from "../json.ts";

/** Whether the value is what something stands for that is known later: a template, or a placeholder. */
function isTemplate(value: Json | undefined): boolean {
  return typeof value === "string"
    ? /\{\{|\{%/.test(value)
    : isJsonObject(value) && "__prefect_kind" in value;
}

/** The issues but those of values that templates will give: what these come to is known when they are rendered. */
export function withoutTemplated(issues: readonly Issue[], variables: Json): Issue[] {
  return issues.filter(({ path }) => {
    let at: Json | undefined = variables;
    for (const step of path) {
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
