import { actionTarget } from "./action-kinds.ts";
import { type ActionLists, actionLists } from "./automation.ts";
import { type Noun, nouns } from "./noun.ts";

/** What an action names, with its place in the document. */
export interface SelectedTarget {
  readonly noun: Noun;
  readonly id: string;
  /** The id as it is written. */
  readonly written: string;
  readonly path: string[];
}

/** The resource ids of what an automation's actions name, each once: it is shown with them too. */
export function relatedResources(automation: ActionLists): string[] {
  return [...new Set(selectedTargets(automation).map(({ noun, id }) => `${nouns[noun].kind}.${id}`))];
}

/** What its actions name. */
export function selectedTargets(automation: ActionLists): SelectedTarget[] {
  return actionLists.flatMap(({ key, name }) =>
    automation[key].flatMap((action, index) => {
      const acted = actionTarget(action);
      if (acted === null || acted.target.source !== "selected") return [];
      const { noun, target } = acted;
      return [
        {
          noun,
          id: target.id.toLowerCase(),
          written: target.id,
          path: [name, String(index), nouns[noun].idField],
        },
      ];
    }),
  );
}
