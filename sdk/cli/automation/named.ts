import { inDocumentOrder } from "../../../core/document/document-order.ts";
import type { Issue } from "../../../core/error.ts";
import { placeText } from "../../automation/issue-line.ts";
import { idPathOf, type Reference, referencesOf, withIds } from "../../deployment-file/references.ts";
import { CheckAutomationDocument } from "../../gql/graphql.ts";
import { type KnownDeployment, knownDeployments, meant } from "../deploy/known-names.ts";
import { request } from "../request.ts";
import { type Outcome, placed } from "./apply.ts";
import { findSame } from "./find-same.ts";
import type { Written } from "./read-files.ts";

/**
 * Looks up what actions name in place of ids (`deployment: orders/main`, `block: slack-webhook/ops`, `automation: Reminder`,
 * …). The deployments are read once, when the first is named.
 */
export class Names {
  #deployments: Promise<readonly KnownDeployment[]> | undefined;

  /** The automation with ids in the places of names, or that it is refused, since a name stands for nothing. */
  async resolve(written: Written): Promise<{ written: Written } | { refused: Outcome }> {
    const ids = new Map<string, string>();
    const problems: (Issue & { idPath: string[] })[] = [];
    for (const reference of referencesOf(written.document)) {
      const found = await meant(reference, await this.#known(reference), []);
      if ("id" in found && found.id !== null) ids.set(keyOf(reference), found.id);
      else if ("problem" in found) {
        const { path } = reference;
        problems.push({ path, idPath: idPathOf(reference), message: `${placeText(path)}: ${found.problem}` });
      }
    }
    const document = withIds(written.document, (reference) => ids.get(keyOf(reference)) ?? "");
    if (problems.length === 0) return { written: { ...written, document } };
    const { name } = written;
    const issues = inDocumentOrder([...problems, ...(await others(document, problems))], written.document);
    return { refused: { name, outcome: "refused", id: null, issues: placed(written, issues) } };
  }

  async #known({ noun }: Reference): Promise<readonly KnownDeployment[]> {
    if (noun !== "deployment") return [];
    this.#deployments ??= knownDeployments();
    return this.#deployments;
  }
}

/** What is wrong besides, so that all problems are told at once. */
async function others(document: unknown, problems: readonly { idPath: string[] }[]): Promise<Issue[]> {
  const id = (await findSame(document))?.id ?? null;
  const { checkAutomation } = await request(CheckAutomationDocument, { document, id });
  const unnamed = new Set(problems.map(({ idPath }) => JSON.stringify(idPath)));
  return checkAutomation.issues.filter(({ path }) => !unnamed.has(JSON.stringify(path)));
}

function keyOf({ noun, name }: Reference): string {
  return JSON.stringify([noun, name]);
}
