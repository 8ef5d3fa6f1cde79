import { issueLine } from "../../automation/issue-line.ts";
import { ApplyAutomationDocument } from "../../gql/graphql.ts";
import { UsageError } from "../failure.ts";
import { request } from "../request.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";
import { compare } from "./compare.ts";
import { findSame } from "./find-same.ts";
import { Names } from "./named.ts";
import { pruned } from "./prune.ts";
import { readFiles, type Written } from "./read-files.ts";

interface ApplyOptions {
  file: string[];
  dryRun?: boolean;
  prune?: boolean;
  owner?: string;
  output?: Format;
}

/** What became of one automation of the files. */
export interface Outcome {
  name: string;
  outcome: "created" | "updated" | "unchanged" | "deleted" | "refused";
  id: string | null;
  /** What is wrong with a refused one, or doubtful of another, each with its place in the file. */
  issues: string[];
  /** With --dry-run: what would change, as lines. */
  changes?: string;
}

/**
 * `antiphon automation apply`: every file is read before anything is sent. One that the server refuses does not keep the
 * others from being applied, and makes the command fail.
 */
export async function apply({ file, dryRun, prune, owner, output }: ApplyOptions): Promise<void> {
  if (prune !== true && owner !== undefined)
    throw new UsageError("--owner says whose automations --prune deletes: give both, or none");
  if (prune === true && owner === undefined)
    throw new UsageError("--prune takes --owner too, the resource whose automations are all in the files");
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome) => {
    outcomes.push(outcome);
    if (!output) say(outcome, dryRun === true);
  };
  const all = await readFiles(file);
  const names = new Names();
  for (const one of all) {
    // One after the other, so that each may name those before it.
    const found = await names.resolve(one);
    if ("refused" in found) tell(found.refused);
    else tell(dryRun ? await compare(found.written) : await applied(found.written));
  }
  if (owner !== undefined) {
    if (outcomes.some(({ outcome }) => outcome === "refused"))
      console.error("Nothing is pruned, since something was refused.");
    else for (const gone of await pruned(owner, all, dryRun === true)) tell(gone);
  }
  if (output) process.stdout.write(documentText(outcomes, output));
  if (outcomes.some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
}

/** Applies one automation, unless the server refuses it. */
export async function applied(written: Written): Promise<Outcome> {
  const { document, name } = written;
  const before = await findSame(document);
  const { applyAutomation: result } = await request(ApplyAutomationDocument, { document });
  if (result.__typename !== "Automation") {
    const issues =
      result.__typename === "InvalidInputError" ? placed(written, result.issues) : [result.message];
    return { name, outcome: "refused", id: before?.id ?? null, issues };
  }
  const outcome =
    before === null ? "created" : before.updatedAt === result.updatedAt ? "unchanged" : "updated";
  return { name, outcome, id: result.id, issues: placed(written, result.warnings) };
}

/** Issues as lines that begin with where they are in the file. */
export function placed(
  { where }: Written,
  issues: ReadonlyArray<{ path: string[]; message: string }>,
): string[] {
  return issues.map((issue) => `${where(issue.path)}: ${issueLine(issue)}`);
}

/** Tells people what became of one automation, or would. */
export function say({ name, outcome, issues, changes }: Outcome, dryRun: boolean): void {
  if (outcome === "refused") {
    console.error(`${plain(name)}: refused`);
    for (const issue of issues) console.error(`  ${plain(issue)}`);
    return;
  }
  const would = dryRun && outcome !== "unchanged" ? "would be " : "";
  console.log(`${plain(name)}: ${would}${outcome}`);
  if (changes) console.log(changes);
  for (const issue of issues) console.error(`  warning: ${plain(issue)}`);
}
