import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readSeconds } from "../document/values.ts";
import type { RunDeployment } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { readParameters } from "./read-parameters.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

export const runDeployment: ActionKind<RunDeployment> = {
  fields: ["source", "deployment_id", "parameters", "schedule_after"],
  readDocument(reading, fields) {
    return {
      type: "run-deployment",
      deployment: readTarget(reading, fields, "deployment_id"),
      parameters: readParameters(reading, fields.get("parameters")),
      scheduleAfter: readScheduleAfter(reading, fields.get("schedule_after")),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("runDeployment", ["deployment", "parameters", "schedule_after"]);
    return {
      type: "run-deployment",
      deployment: readTargetInput(reading, fields?.require("deployment") ?? null),
      parameters: readParameters(reading, fields?.get("parameters") ?? null),
      scheduleAfter: readScheduleAfter(reading, fields?.get("schedule_after") ?? null),
    };
  },
  settings({ deployment, parameters, scheduleAfter }) {
    return {
      ...targetDocument(deployment, "deployment_id"),
      ...(parameters !== null && { parameters }),
      ...(scheduleAfter > 0 && { schedule_after: scheduleAfter }),
    };
  },
};

/** Seconds from the firing; none where it is left out. */
export function readScheduleAfter(reading: Reading, given: Given | null): number {
  return given === null ? 0 : readSeconds(reading, given, { least: 0, otherwise: 0 });
}
