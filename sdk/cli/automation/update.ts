import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { UpdateAutomationDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";
import { documentText, type Format } from "../text/print.ts";
import { type Outcome, placed, say } from "./apply.ts";
import { find } from "./find.ts";
import { known } from "./known.ts";
import { Names } from "./named.ts";
import type { Written } from "./read-files.ts";
import { oneWritten, type WrittenInput } from "./written-input.ts";

/** `antiphon automation update`: replaces all of an automation but its id and its owner. */
export async function update(
  given: string | undefined,
  options: WrittenInput & { id?: string; output?: Format },
): Promise<void> {
  const found = await new Names().resolve(await oneWritten(options));
  const outcome =
    "refused" in found
      ? found.refused
      : ((await checked(found.written)) ?? (await updated(found.written, given, options)));
  if (options.output) process.stdout.write(documentText(outcome, options.output));
  else say(outcome, false);
  if (outcome.outcome === "refused") process.exitCode = 1;
}

/** Checked here by the same rules as there, but for what only the server knows. Null where nothing is wrong. */
async function checked(written: Written): Promise<Outcome | null> {
  try {
    parseAutomationDocument(written.document);
    return null;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { name: written.name, outcome: "refused", id: null, issues: placed(written, error.issues) };
  }
}

async function updated(
  written: Written,
  given: string | undefined,
  options: { id?: string },
): Promise<Outcome> {
  const before = await find(given, options);
  const { id } = before;
  const { updateAutomation: result } = await request(UpdateAutomationDocument, {
    id,
    document: written.document,
  });
  if (result.__typename === "Automation") {
    const outcome = before.updatedAt === result.updatedAt ? "unchanged" : "updated";
    return { name: known(result).name, outcome, id, issues: placed(written, result.warnings) };
  }
  const issues =
    result.__typename === "InvalidInputError" ? placed(written, result.issues) : [result.message];
  return { name: known(before).name, outcome: "refused", id, issues };
}
