import { automationDocument } from "../../../core/automation/document.ts";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { jsonEquals } from "../../../core/json.ts";
import { CheckAutomationDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText } from "../text/print.ts";
import { type Outcome, placed } from "./apply.ts";
import { differences } from "./differences.ts";
import { findSame } from "./find-same.ts";
import { known } from "./known.ts";
import type { Written } from "./read-files.ts";

/** What applying would do. */
export async function compare(written: Written): Promise<Outcome> {
  const { document, name } = written;
  const before = await findSame(document);
  const id = before?.id ?? null;
  const { checkAutomation: said } = await request(CheckAutomationDocument, { document, id });
  if (said.issues.length > 0)
    return { name, outcome: "refused", id: null, issues: placed(written, said.issues) };
  const wanted = parseAutomationDocument(document);
  const present = before && known(before).document;
  const next = { ...automationDocument(wanted), owner_resource: wanted.ownerResource ?? null };
  const issues = placed(written, said.warnings);
  if (jsonEquals(present, next)) return { name, outcome: "unchanged", id, issues };
  const changes = differences(present ? documentText(present, "yaml") : "", documentText(next, "yaml"));
  return { name, outcome: before ? "updated" : "created", id, issues, changes };
}
