import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readSeconds } from "../document/values.ts";
import type { RunDeployment } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { parametersTemplates } from "./action-templates.ts";
import { readParameters } from "./read-parameters.ts";
import { readRetry, retryDocument, unexpectedRetry } from "./retry.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

export const runDeployment: ActionKind<RunDeployment> = {
  fields: ["source", "deployment_id", "parameters", "job_variables", "schedule_after", "retry", "strict"],
  readDocument(reading, fields) {
    return {
      type: "run-deployment",
      deployment: readTarget(reading, fields, "deployment"),
      ...readRest(reading, fields),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("runDeployment", [
      "deployment",
      "parameters",
      "job_variables",
      "schedule_after",
      "retry",
      "strict",
    ]);
    return {
      type: "run-deployment",
      deployment: readTargetInput(reading, fields?.require("deployment") ?? null),
      ...readRest(reading, fields),
    };
  },
  settings({ deployment, parameters, jobVariables, scheduleAfter, retry, strict }) {
    return {
      ...targetDocument(deployment, "deployment"),
      ...(parameters !== null && { parameters }),
      ...(jobVariables !== undefined && { job_variables: jobVariables }),
      ...(scheduleAfter > 0 && { schedule_after: scheduleAfter }),
      ...(retry !== undefined && { retry: retryDocument(retry) }),
      ...(strict && { strict }),
    };
  },
  target: ({ deployment }) => ({ noun: "deployment", target: deployment }),
  templates: ({ parameters, jobVariables }) => [
    ...parametersTemplates("parameters", parameters),
    ...parametersTemplates("job_variables", jobVariables ?? null),
  ],
};

function readRest(
  reading: Reading,
  fields: Fields | null,
): Pick<RunDeployment, "parameters" | "jobVariables" | "scheduleAfter" | "retry" | "strict"> {
  const retry = fields?.get("retry") ?? null;
  const jobVariables = readParameters(reading, fields?.get("job_variables") ?? null);
  return {
    parameters: readParameters(reading, fields?.get("parameters") ?? null),
    ...(jobVariables !== null && { jobVariables }),
    scheduleAfter: readScheduleAfter(reading, fields?.get("schedule_after") ?? null),
    ...(retry !== null && retry.value !== null && { retry: readRetry(reading, retry, unexpectedRetry) }),
    ...(readFlag(reading, fields?.get("strict") ?? null, false) && { strict: true }),
  };
}

/** Seconds from the firing; none where it is left out. */
export function readScheduleAfter(reading: Reading, given: Given | null): number {
  return given === null ? 0 : readSeconds(reading, given, { least: 0, otherwise: 0 });
}
