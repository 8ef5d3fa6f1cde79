import { itIs } from "../document/describe-value.ts";
import type { DoNothing } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";

export const doNothing: ActionKind<DoNothing> = {
  fields: [],
  readDocument: () => ({ type: "do-nothing" }),
  readInput(reading, { value, path }) {
    if (value !== true) reading.refuse(path, `must be true; ${itIs(value)}`);
    return { type: "do-nothing" };
  },
  settings: () => ({}),
  target: () => null,
  templates: () => [],
};
