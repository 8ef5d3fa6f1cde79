import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readText, readWord } from "../document/values.ts";
import { longestStateMessage, longestStateName, stateTypes } from "../flow-run/state.ts";
import type { ChangeFlowRunState } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

export const changeFlowRunState: ActionKind<ChangeFlowRunState> = {
  fields: ["source", "flow_run_id", "state", "name", "message", "force"],
  readDocument(reading, fields) {
    return {
      type: "change-flow-run-state",
      target: readTarget(reading, fields, "flowRun"),
      ...readState(reading, fields, "state"),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("changeFlowRunState", ["flow_run", "type", "name", "message", "force"]);
    return {
      type: "change-flow-run-state",
      target: readTargetInput(reading, fields?.require("flow_run") ?? null),
      ...readState(reading, fields, "type"),
    };
  },
  settings({ target, state, name, message, force }) {
    return {
      ...targetDocument(target, "flowRun"),
      state,
      ...(name !== null && { name }),
      ...(message !== null && { message }),
      force,
    };
  },
  target: ({ target }) => ({ noun: "flowRun", target }),
  templates: () => [],
};

function readState(
  reading: Reading,
  fields: Fields | null,
  typeField: string,
): Pick<ChangeFlowRunState, "state" | "name" | "message" | "force"> {
  const get = (name: string) => fields?.get(name) ?? null;
  return {
    state: readWord(reading, fields?.require(typeField) ?? null, stateTypes, "FAILED"),
    name: readLimited(reading, get("name"), 1, longestStateName),
    message: readLimited(reading, get("message"), 0, longestStateMessage),
    force: readFlag(reading, get("force"), false),
  };
}

/** A text of so many characters; null where it is left out. */
function readLimited(reading: Reading, given: Given | null, least: number, most: number): string | null {
  if (given === null || given.value === null) return null;
  const text = readText(reading, given, null);
  if (text === null || (text.length >= least && text.length <= most)) return text;
  reading.refuse(given.path, `must have ${least} to ${most} characters; it has ${text.length}`);
  return null;
}
