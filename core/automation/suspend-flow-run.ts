import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readSeconds } from "../document/values.ts";
import type { SuspendFlowRun } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

/** Seconds. */
const defaultTimeout = 3600;

export const suspendFlowRun: ActionKind<SuspendFlowRun> = {
  fields: ["source", "flow_run_id", "timeout"],
  readDocument(reading, fields) {
    return {
      type: "suspend-flow-run",
      target: readTarget(reading, fields, "flowRun"),
      timeout: readTimeout(reading, fields.get("timeout")),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("suspendFlowRun", ["flow_run", "timeout"]);
    return {
      type: "suspend-flow-run",
      target: readTargetInput(reading, fields?.require("flow_run") ?? null),
      timeout: readTimeout(reading, fields?.get("timeout") ?? null),
    };
  },
  settings: ({ target, timeout }) => ({ ...targetDocument(target, "flowRun"), timeout }),
  target: ({ target }) => ({ noun: "flowRun", target }),
  templates: () => [],
};

function readTimeout(reading: Reading, given: Given | null): number | null {
  if (given === null) return defaultTimeout;
  if (given.value === null) return null;
  return readSeconds(reading, given, { least: 0.001, otherwise: defaultTimeout });
}
