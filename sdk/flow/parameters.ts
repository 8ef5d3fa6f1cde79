import { toJson } from "../../core/json.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import type { FlowDefinition } from "./definition.ts";

/** The parameters as the flow's code gets them. Throws InputValidationError. */
export async function parseParameters(definition: FlowDefinition, given: unknown): Promise<unknown> {
  if (!definition.parameters) return undefined;
  const parsed = await definition.parameters.safeParseAsync(given ?? {});
  if (parsed.success) return parsed.data;
  throw InputValidationError.of(`a parameter of flow ${definition.name}`, given, parsed.error.issues);
}

/** The parameters as the run shows them: what is no JSON, in its nearest JSON form. */
export function shownParameters(given: unknown): unknown {
  const json = toJson(given ?? {});
  if (json.ok) return json.value;
  try {
    return JSON.parse(JSON.stringify(given) ?? "{}");
  } catch {
    return {};
  }
}
