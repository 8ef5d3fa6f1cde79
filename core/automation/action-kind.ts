import type { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import type { JsonObject } from "../json.ts";
import type { Action, Target } from "./action.ts";
import type { TemplateAt } from "./action-templates.ts";
import type { Noun } from "./noun.ts";

/** What an action acts upon. */
export interface ActionTarget {
  readonly noun: Noun;
  readonly target: Target;
}

/** One type of action, as it is read and written. */
export interface ActionKind<Kind = Action> {
  /** The fields of its document besides `type`. */
  readonly fields: readonly string[];
  /** Reads its document, whose keys have been looked at. */
  readDocument(reading: Reading, fields: Fields): Kind;
  /** Reads its member of GraphQL's `ActionInput`. */
  readInput(reading: Reading, given: Given): Kind;
  /** Its document without `type`. */
  settings(action: Kind): JsonObject;
  /** What it acts upon; null for what acts upon nothing that a definition can name. */
  target(action: Kind): ActionTarget | null;
  /** The templates in it. */
  templates(action: Kind): TemplateAt[];
}
