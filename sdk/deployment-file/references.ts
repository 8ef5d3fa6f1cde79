import { isPlainObject } from "../../core/json.ts";

/** What an action of a file may name instead of giving its id: the field of the name, and the field of the id. */
const named = {
  deployment: "deployment_id",
  block: "block_document_id",
  automation: "automation_id",
  work_pool: "work_pool_id",
  work_queue: "work_queue_id",
} as const;

export type Noun = keyof typeof named;

/** A name that stands for an id. */
export interface Reference {
  noun: Noun;
  name: string;
  /** Where it stands in the automation. */
  path: string[];
}

const lists = ["actions", "actions_on_trigger", "actions_on_resolve"];

/** The names in an automation's document that stand for ids. */
export function referencesOf(document: unknown): Reference[] {
  const found: Reference[] = [];
  withIds(document, (reference) => {
    found.push(reference);
    return "";
  });
  return found;
}

/** Where the id stands that a name is replaced by. */
export function idPathOf({ noun, path }: Reference): string[] {
  return [...path.slice(0, -1), named[noun]];
}

/** The document with ids in the places of names; what is no text, or stands beside an id, stays to be refused. */
export function withIds(document: unknown, idOf: (reference: Reference) => string): unknown {
  if (!isPlainObject(document)) return document;
  const resolved = Object.entries(document).map(([list, actions]) => {
    if (!lists.includes(list) || !Array.isArray(actions)) return [list, actions] as const;
    const items = actions.map((action: unknown, at) => actionWithIds(action, [list, String(at)], idOf));
    return [list, items] as const;
  });
  return Object.fromEntries(resolved);
}

function actionWithIds(
  action: unknown,
  path: readonly string[],
  idOf: (reference: Reference) => string,
): unknown {
  if (!isPlainObject(action)) return action;
  const result = { ...action };
  for (const [noun, idField] of Object.entries(named) as [Noun, string][]) {
    const name = action[noun];
    if (typeof name !== "string" || action[idField] !== undefined) continue;
    delete result[noun];
    result[idField] = idOf({ noun, name, path: [...path, noun] });
  }
  return result;
}
