import type { OnTarget } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { type Noun, nouns } from "./noun.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

/** An action that its target says everything of, such as `pause-deployment`. */
export function onTarget<Type extends string>(type: Type, noun: Noun): ActionKind<OnTarget<Type>> {
  return {
    fields: ["source", nouns[noun].idField],
    readDocument: (reading, fields) => ({ type, target: readTarget(reading, fields, noun) }),
    readInput: (reading, given) => ({ type, target: readTargetInput(reading, given) }),
    settings: ({ target }) => targetDocument(target, noun),
    target: ({ target }) => ({ noun, target }),
    templates: () => [],
  };
}
