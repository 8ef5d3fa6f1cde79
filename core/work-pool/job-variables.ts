import type { Issue } from "../error.ts";
import { isJsonObject, type Json } from "../json.ts";
import { isTemplate } from "../template/is-template.ts";

type Stands = (value: Json | undefined) => boolean;

const isPlaced: Stands = (value) => isJsonObject(value) && ("__prefect_kind" in value || "__kind" in value);
const isTemplated: Stands = (value) => (typeof value === "string" ? isTemplate(value) : isPlaced(value));

/** The issues but those of values that templates will give: what these come to is known when they are rendered. */
export function withoutTemplated(issues: readonly Issue[], variables: Json): Issue[] {
  return without(issues, variables, isTemplated);
}

/** The same where only placeholders are filled in later, and texts are what they are. */
export function withoutPlaced(issues: readonly Issue[], variables: Json): Issue[] {
  return without(issues, variables, isPlaced);
}

function without(issues: readonly Issue[], variables: Json, stands: Stands): Issue[] {
  return issues.filter(({ path }) => {
    let at: Json | undefined = variables;
    for (const step of path) {
      // An array's indexes are its own properties too.
      at =
        typeof at === "object" && at !== null
          ? (at as { [step: string]: Json | undefined })[step]
          : undefined;
      if (stands(at)) return false;
    }
    return !stands(at);
  });
}
