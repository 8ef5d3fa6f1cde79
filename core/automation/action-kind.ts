import type { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import type { JsonObject } from "../json.ts";
import type { Action } from "./action.ts";

/** One type of action, as it is read and written. */
export interface ActionKind<Kind extends Action = Action> {
  /** The fields of its document besides `type`. */
  readonly fields: readonly string[];
  /** Reads its document, whose keys have been looked at. */
  readDocument(reading: Reading, fields: Fields): Kind;
  /** Reads its member of GraphQL's `ActionInput`. */
  readInput(reading: Reading, given: Given): Kind;
  /** Its document without `type`. */
  settings(action: Kind): JsonObject;
}
