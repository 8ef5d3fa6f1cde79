import type { Explained } from "../../core/trigger/explained.ts";
import { Firing } from "../firing/graphql.ts";
import { findFiring } from "../firing/read.ts";
import { builder } from "../graphql/builder.ts";
import { resultUnion } from "../graphql/errors.ts";
import { type ExplanationReport, explain } from "./explain.ts";

const ExplainedCondition = builder.objectRef<Explained>("ExplainedCondition").implement({
  description: "A condition under which an event makes an automation fire, as it stood for one event.",
  fields: (t) => ({
    path: t.stringList({
      description:
        "Where it stands in the automation's document; `evaluated` and `follows` stand for themselves.",
      resolve: ({ path }) => [...path],
    }),
    holds: t.exposeBoolean("holds", { description: "Whether it was met." }),
    expected: t.exposeString("expected", { description: "What was to be." }),
    actual: t.exposeString("actual", { description: "What was." }),
  }),
});

const Explanation = builder.objectRef<ExplanationReport>("Explanation").implement({
  description:
    "Why an event did, or did not, fire an automation: condition by condition, in the order in which they are judged.",
  fields: (t) => ({
    fired: t.exposeBoolean("fired", { description: "Whether it fired on this event." }),
    firing: t.field({
      type: Firing,
      nullable: true,
      description: "The firing; null where there is none, or where it is no longer kept.",
      resolve: ({ firingId }, _args, ctx) => (firingId === null ? null : findFiring(ctx, firingId)),
    }),
    verdict: t.exposeString("verdict", { description: "In one sentence." }),
    conditions: t.field({
      type: [ExplainedCondition],
      description: "Each with what was expected and what was.",
      resolve: ({ conditions }) => [...conditions],
    }),
  }),
});

const ExplanationResult = resultUnion("ExplanationResult", {
  description: "The explanation, or which of the two is not there, or not any more.",
  success: Explanation,
  refusals: ["NotFoundError"],
});

builder.queryField("explain", (t) =>
  t.field({
    type: ExplanationResult,
    description: `Why this event did, or did not, fire that automation, as the automation was when the event came.
Found by judging the log once more, from where the trigger began to be watched, or where the kept log begins.`,
    args: {
      automationId: t.arg.id({ required: true, description: "The automation." }),
      eventId: t.arg.id({ required: true, description: "The event." }),
    },
    resolve: (_root, { automationId, eventId }, ctx) => explain(ctx, automationId, eventId),
  }),
);
