import { actionSettings } from "../../../../core/automation/action-kinds.ts";
import type { AutomationDefinition } from "../../../../core/automation/automation.ts";
import { parseAutomationDocument } from "../../../../core/automation/parse.ts";
import { automationWarnings } from "../../../../core/automation/warnings.ts";
import { InvalidInputError, type Issue } from "../../../../core/error.ts";
import type { Json } from "../../../../core/json.ts";
import type { Action } from "../words.ts";

/** What is known of a document without asking the server, which knows the templates and what there is. */
export interface CheckedHere {
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
  /** Null where the document is wrong. */
  readonly meaning: Meaning | null;
}

/** What an automation does when it fires. */
export interface Meaning {
  readonly enabled: boolean;
  readonly actions: readonly Action[];
  readonly actionsOnTrigger: readonly Action[];
  readonly actionsOnResolve: readonly Action[];
}

/** Judges a document by the rules that the server has too. */
export function checkHere(document: Json): CheckedHere {
  try {
    const definition = parseAutomationDocument(document);
    return { issues: [], warnings: automationWarnings(definition), meaning: meaningOf(definition) };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { issues: error.issues, warnings: [], meaning: null };
  }
}

function meaningOf({ enabled, ...lists }: AutomationDefinition): Meaning {
  const shown = (actions: AutomationDefinition["actions"]): Action[] =>
    actions.map((action) => ({ type: action.type, settings: actionSettings(action) }));
  return {
    enabled,
    actions: shown(lists.actions),
    actionsOnTrigger: shown(lists.actionsOnTrigger),
    actionsOnResolve: shown(lists.actionsOnResolve),
  };
}
