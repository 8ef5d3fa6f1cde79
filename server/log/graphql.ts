import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { plainly } from "../graphql/errors.ts";
import { liveField } from "../live/field.ts";
import { createLogs } from "./create-logs.ts";
import { followLogs } from "./follow-logs.ts";
import { pageOfLogs } from "./read.ts";

const Log = builder.prismaObject("Log", {
  description: "One line of a run's log.",
  fields: (t) => ({
    cursor: t.string({
      description: "Its position in the run's log: pass it as `after` to go on behind it.",
      resolve: (log) => String(log.seq),
    }),
    level: t.exposeInt("level", { description: "10 debug, 20 info, 30 warn, 40 error." }),
    message: t.exposeString("message", { description: "What was said." }),
    loggerName: t.exposeString("loggerName", { description: "Who said it." }),
    timestamp: t.expose("timestamp", {
      type: "DateTime",
      description: "When it was said, by the process's clock.",
    }),
  }),
});

const LogConnection = connectionType("LogConnection", {
  description: "Lines of a run's log, oldest first, by pages.",
  node: Log,
});

builder.prismaObjectField(FlowRun, "logs", (t) =>
  t.field({
    type: LogConnection,
    description:
      "The lines of its log, always oldest first, also with `last`; 200 where neither is given. Go on behind `endCursor` with the subscription `logs`.",
    args: {
      first: t.arg.int({ description: "The first so many, up to 500." }),
      after: t.arg.string({ description: "Those behind this cursor." }),
      last: t.arg.int({ description: "The last so many, up to 500." }),
      before: t.arg.string({ description: "Those before this cursor." }),
    },
    resolve: (run, args, ctx) => pageOfLogs(ctx, run.id, args),
  }),
);

const LogInput = builder.inputType("LogInput", {
  description: "A line for a run's log.",
  fields: (t) => ({
    level: t.int({ required: true, description: "10 debug, 20 info, 30 warn, 40 error." }),
    message: t.string({ required: true, description: "What is said." }),
    loggerName: t.string({ required: true, description: "Who says it." }),
    timestamp: t.field({ type: "DateTime", required: true, description: "When it was said." }),
  }),
});

builder.mutationField("createLogs", (t) =>
  t.int({
    description:
      "Store lines of a run's log, in their order. Answers how many were stored. Replaced executions may still log.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      lines: t.arg({ type: [LogInput], required: true, description: "The lines." }),
    },
    resolve: (_root, args, ctx) => plainly(createLogs(ctx, args)),
  }),
);

builder.subscriptionField("logs", (t) =>
  t.field({
    type: Log,
    description: "A run's log: what is stored behind `after`, or from its first line, then what is added.",
    args: {
      flowRunId: t.arg.id({ required: true, description: "The run." }),
      after: t.arg.string({ description: "Go on behind this cursor." }),
    },
    ...liveField({
      source: (args: { flowRunId: string; after?: string | null }, ctx) => followLogs(ctx, args),
      resolve: (line) => line,
    }),
  }),
);
