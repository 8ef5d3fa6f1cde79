import { placeText } from "../../automation/issue-line.ts";
import { type Reference, referencesOf, withIds } from "../../deployment-file/references.ts";
import { type KnownDeployment, knownDeployments, meant } from "../deploy/known-names.ts";
import type { Outcome } from "./apply.ts";
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
    const issues: string[] = [];
    for (const reference of referencesOf(written.document)) {
      const found = await meant(reference, await this.#known(reference), []);
      if ("id" in found && found.id !== null) ids.set(keyOf(reference), found.id);
      else if ("problem" in found) {
        const place = `${written.where(reference.path)}: ${placeText(reference.path)}`;
        issues.push(`${place}: ${found.problem}`);
      }
    }
    const { name } = written;
    if (issues.length > 0) return { refused: { name, outcome: "refused", id: null, issues } };
    const document = withIds(written.document, (reference) => ids.get(keyOf(reference)) ?? "");
    return { written: { ...written, document } };
  }

  async #known({ noun }: Reference): Promise<readonly KnownDeployment[]> {
    if (noun !== "deployment") return [];
    this.#deployments ??= knownDeployments();
    return this.#deployments;
  }
}

function keyOf({ noun, name }: Reference): string {
  return JSON.stringify([noun, name]);
}
