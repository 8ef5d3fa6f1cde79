import type { Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import type { Problem } from "../../../editor/code-mirror.ts";
import type { Written } from "../../../editor/written.ts";
import type { Checked } from "./use-check.ts";

/** What the server said of a document that it did not save. */
export interface Refused {
  readonly value: Json;
  readonly issues: readonly Issue[];
}

/** What is wrong or doubtful, where it stands in the text, from its beginning on. */
export function problemsOf(
  written: Written,
  { issues, warnings }: Pick<Checked, "issues" | "warnings">,
  refused: Refused | null,
): Problem[] {
  if (!written.ok) return [{ ...written.place, severity: "error", message: written.message }];
  const said = new Set<string>();
  const at = (severity: Problem["severity"], found: readonly Issue[]): Problem[] =>
    found.flatMap(({ path, message }) => {
      const key = `${path.join("\0")}\0${message}`;
      if (said.has(key)) return [];
      said.add(key);
      return [{ ...written.placeOf(path), severity, message }];
    });
  const refusals = refused !== null && refused.value === written.value ? refused.issues : [];
  return [...at("error", issues), ...at("error", refusals), ...at("warning", warnings)].sort(
    (one, other) => one.from - other.from,
  );
}
