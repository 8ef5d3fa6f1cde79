import { builder } from "../graphql/builder.ts";
import { Issue } from "../graphql/errors.ts";
import { type AutomationCheck, checkAutomation } from "./check-automation.ts";

const AutomationCheckType = builder.objectRef<AutomationCheck>("AutomationCheck").implement({
  description: "What saving an automation would say.",
  fields: (t) => ({
    issues: t.field({
      type: [Issue],
      description:
        "Why it would be refused; paths into the document, in its order. Empty where it would be saved.",
      resolve: ({ issues }) => [...issues],
    }),
    warnings: t.field({
      type: [Issue],
      description:
        "What is valid but doubtful in it, as far as it can be read; in the order of the document.",
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

builder.queryFields((t) => ({
  checkAutomation: t.field({
    type: AutomationCheckType,
    description: "Look at an automation's document as saving it would. Nothing is stored.",
    args: {
      document: t.arg({
        type: "JSON",
        required: true,
        description: "The document, as `applyAutomation` takes it.",
      }),
      id: t.arg.id({ description: "The automation that it would replace; a new one where it is left out." }),
    },
    resolve: (_root, { document, id }, ctx) => checkAutomation(ctx, document, id ?? null),
  }),
}));
