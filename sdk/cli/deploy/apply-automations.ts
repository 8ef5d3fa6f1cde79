import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { placeText } from "../../../core/document/place-text.ts";
import type { Given } from "../../../core/document/reading.ts";
import { InvalidInputError, type Issue } from "../../../core/error.ts";
import { isPlainObject } from "../../../core/json.ts";
import { type Reference, referencesOf, withIds } from "../../deployment-file/references.ts";
import { applied, type Outcome } from "../automation/apply.ts";
import { compare } from "../automation/compare.ts";
import { type KnownDeployment, meant } from "./known-names.ts";
import type { Source } from "./source.ts";

/** In the place of an id that is not known yet. */
const someId = "00000000-0000-4000-8000-000000000000";

/** Every problem of the file's automations that can be seen before anything is stored. */
export async function automationIssues(
  automations: readonly Given[],
  deployments: readonly KnownDeployment[],
): Promise<Issue[]> {
  const names = automations.flatMap(({ value }) => automationName(value) ?? []);
  const issues: Issue[] = [];
  for (const { value, path } of automations) {
    for (const reference of referencesOf(value)) {
      const place = [...path, ...reference.path];
      const found = await meant(reference, deployments, names);
      if ("problem" in found) issues.push({ path: place, message: `${placeText(place)}: ${found.problem}` });
    }
    try {
      parseAutomationDocument(withIds(value, () => someId));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      for (const issue of error.issues) issues.push({ ...issue, path: [...path, ...issue.path] });
    }
  }
  return issues;
}

/**
 * Applies the file's automations, those first that others of them name. One that is refused does not keep the others from being
 * applied.
 */
export async function applyAutomations(
  source: Source,
  automations: readonly Given[],
  deployments: readonly KnownDeployment[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const given of inOrder(automations)) outcomes.push(await applyOne(source, given, deployments));
  return outcomes;
}

/** Those of the file's automations that would be refused, by the server's own checks. */
export async function refusedAutomations(
  source: Source,
  automations: readonly Given[],
  deployments: readonly KnownDeployment[],
): Promise<Outcome[]> {
  const names = automations.flatMap(({ value }) => automationName(value) ?? []);
  const refused: Outcome[] = [];
  for (const { value, path } of automations) {
    const ids = new Map<string, string>();
    for (const reference of referencesOf(value)) {
      const found = await meant(reference, deployments, names);
      if ("id" in found && found.id !== null) ids.set(keyOf(reference), found.id);
    }
    const document = withIds(value, (reference) => ids.get(keyOf(reference)) ?? someId);
    const name = automationName(value) ?? "an automation without a name";
    const where = (inside: readonly string[]) => source.where([...path, ...inside]);
    const outcome = await compare({ document, name, where });
    // What comes with this deploy the server does not know yet.
    const issues = outcome.issues.filter((issue) => !issue.includes(someId));
    if (outcome.outcome === "refused" && issues.length > 0) refused.push({ ...outcome, issues });
  }
  return refused;
}

async function applyOne(
  source: Source,
  { value, path }: Given,
  deployments: readonly KnownDeployment[],
): Promise<Outcome> {
  const name = automationName(value) ?? "an automation without a name";
  const where = (inside: readonly string[]) => source.where([...path, ...inside]);
  const ids = new Map<string, string>();
  const issues: string[] = [];
  for (const reference of referencesOf(value)) {
    const found = await meant(reference, deployments, []);
    if ("id" in found && found.id !== null) ids.set(keyOf(reference), found.id);
    else {
      const problem = "problem" in found ? found.problem : `${reference.name} was not deployed`;
      issues.push(`${where(reference.path)}: ${placeText(reference.path)}: ${problem}`);
    }
  }
  if (issues.length > 0) return { name, outcome: "refused", id: null, issues };
  const document = withIds(value, (reference) => ids.get(keyOf(reference)) ?? "");
  return applied({ document, name, where });
}

/** Those that are named by others before them; a circle stays in the order of the file. */
function inOrder(automations: readonly Given[]): Given[] {
  const ordered = new Set<Given>();
  const visit = (given: Given, above: ReadonlySet<Given>): void => {
    if (above.has(given)) return;
    for (const { noun, name } of referencesOf(given.value)) {
      const named = noun === "automation" && automations.find(({ value }) => automationName(value) === name);
      if (named) visit(named, new Set([...above, given]));
    }
    ordered.add(given);
  };
  for (const given of automations) visit(given, new Set());
  return [...ordered];
}

function keyOf({ noun, name }: Reference): string {
  return JSON.stringify([noun, name]);
}

function automationName(document: unknown): string | null {
  return isPlainObject(document) && typeof document.name === "string" ? document.name : null;
}
