import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";

/** One problem that a process found. */
export const IssueInput = builder.inputType("IssueInput", {
  description: "One problem with a value.",
  fields: (t) => ({
    path: t.stringList({
      required: true,
      description: "Where in the value: property names and array indexes, outermost first.",
    }),
    message: t.string({ required: true, description: "What is wrong there." }),
  }),
});

const Reported = builder.objectRef<{ ok: boolean }>("Reported").implement({
  description: "The report was taken.",
  fields: (t) => ({ ok: t.exposeBoolean("ok", { description: "Always true." }) }),
});

/** What a process hears about its report. */
export const ReportResult = resultUnion("ReportResult", {
  description:
    "That a report was taken, what is wrong in it, or that its sender is not the run's process any more.",
  success: Reported,
  refusals: ["InvalidInputError", "StaleExecutionError", "NotFoundError"],
});
