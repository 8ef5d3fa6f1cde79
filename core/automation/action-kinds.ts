import type { JsonObject } from "../json.ts";
import type { Action } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { doNothing } from "./do-nothing.ts";
import { runDeployment } from "./run-deployment.ts";

/** Every type of action by its name. */
export const actionKinds: { readonly [Type in Action["type"]]: ActionKind<Extract<Action, { type: Type }>> } =
  {
    "do-nothing": doNothing,
    "run-deployment": runDeployment,
  };

/** The names of all types. */
export const actionTypes = Object.keys(actionKinds) as Action["type"][]; // the table's own keys

/** The rest of an action's document, besides `type`. */
export function actionSettings(action: Action): JsonObject {
  switch (action.type) {
    case "do-nothing":
      return doNothing.settings(action);
    case "run-deployment":
      return runDeployment.settings(action);
  }
}

/** An action as a document. */
export function actionDocument(action: Action): JsonObject {
  return { type: action.type, ...actionSettings(action) };
}
