import { Fields } from "../document/fields.ts";
import type { ResumeFlowRun } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { dataTemplates } from "./action-templates.ts";
import { readTemplated } from "./read-parameters.ts";
import { readTarget, readTargetInput, targetDocument } from "./target.ts";

export const resumeFlowRun: ActionKind<ResumeFlowRun> = {
  fields: ["source", "flow_run_id", "input"],
  readDocument(reading, fields) {
    return {
      type: "resume-flow-run",
      target: readTarget(reading, fields, "flowRun"),
      input: readTemplated(reading, fields.get("input")),
    };
  },
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("resumeFlowRun", ["flow_run", "input"]);
    return {
      type: "resume-flow-run",
      target: readTargetInput(reading, fields?.require("flow_run") ?? null),
      input: readTemplated(reading, fields?.get("input") ?? null),
    };
  },
  settings: ({ target, input }) => ({
    ...targetDocument(target, "flowRun"),
    ...(input !== null && { input }),
  }),
  target: ({ target }) => ({ noun: "flowRun", target }),
  templates: ({ input }) => dataTemplates("input", input),
};
