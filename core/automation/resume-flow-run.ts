import { Fields } from "../document/fields.ts";
import type { Reading } from "../document/reading.ts";
import { readFlag } from "../document/values.ts";
import type { ResumeFlowRun } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { dataTemplates } from "./action-templates.ts";
import { readTemplated } from "./read-parameters.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

export const resumeFlowRun: ActionKind<ResumeFlowRun> = {
  fields: ["source", "flow_run_id", "input", "strict"],
  readDocument(reading, fields) {
    return {
      type: "resume-flow-run",
      target: readTarget(reading, fields, "flowRun"),
      ...readInput(reading, fields),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("resumeFlowRun", ["flow_run", "input", "strict"]);
    return {
      type: "resume-flow-run",
      target: readTargetInput(reading, fields?.require("flow_run") ?? null),
      ...readInput(reading, fields),
    };
  },
  settings: ({ target, input, strict }) => ({
    ...targetDocument(target, "flowRun"),
    ...(input !== null && { input }),
    ...(strict && { strict }),
  }),
  target: ({ target }) => ({ noun: "flowRun", target }),
  templates: ({ input }) => dataTemplates("input", input),
};

function readInput(reading: Reading, fields: Fields | null): Pick<ResumeFlowRun, "input" | "strict"> {
  return {
    input: readTemplated(reading, fields?.get("input") ?? null),
    ...(readFlag(reading, fields?.get("strict") ?? null, false) && { strict: true }),
  };
}
