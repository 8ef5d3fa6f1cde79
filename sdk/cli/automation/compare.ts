import { automationDocument } from "../../../core/automation/document.ts";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { automationWarnings } from "../../../core/automation/warnings.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { jsonEquals } from "../../../core/json.ts";
import { documentText } from "../text/print.ts";
import { type Outcome, placed } from "./apply.ts";
import { differences } from "./differences.ts";
import { findSame } from "./find-same.ts";
import { known } from "./known.ts";
import type { Written } from "./read-files.ts";

/** What applying would do. Checked here by the same rules as there, but for what only the server knows. */
export async function compare(written: Written): Promise<Outcome> {
  const { document, name } = written;
  try {
    const wanted = parseAutomationDocument(document);
    const before = await findSame(document);
    const present = before && known(before).document;
    const next = { ...automationDocument(wanted), owner_resource: wanted.ownerResource ?? null };
    const issues = placed(written, automationWarnings(wanted));
    if (jsonEquals(present, next)) return { name, outcome: "unchanged", id: before?.id ?? null, issues };
    const changes = differences(present ? documentText(present, "yaml") : "", documentText(next, "yaml"));
    return { name, outcome: before ? "updated" : "created", id: before?.id ?? null, issues, changes };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { name, outcome: "refused", id: null, issues: placed(written, error.issues) };
  }
}
