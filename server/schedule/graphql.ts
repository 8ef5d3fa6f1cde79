import { endOfTime, nextTimes } from "../../core/schedule/next-times.ts";
import { Deployment } from "../deployment/graphql.ts";
import { FlowRun } from "../flow-run/graphql.ts";
import { builder } from "../graphql/builder.ts";
import { Node } from "../graphql/node.ts";
import { pageSize } from "../graphql/page-size.ts";
import { timesOf } from "./row.ts";

export const Schedule = builder.prismaObject("Schedule", {
  description:
    "When runs of a deployment begin by themselves. Exactly one of `cron`, `interval` and `rrule` is set.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID." }),
    deployment: t.relation("deployment", { type: Deployment, description: "What it runs." }),
    cron: t.exposeString("cron", { nullable: true, description: "A cron expression of five parts." }),
    interval: t.exposeFloat("interval", { nullable: true, description: "Seconds." }),
    rrule: t.exposeString("rrule", { nullable: true, description: "A recurrence rule of RFC 5545." }),
    timezone: t.exposeString("timezone", { description: "By whose clock it comes." }),
    anchor: t.expose("anchor", {
      type: "DateTime",
      nullable: true,
      description: "From when on an interval counts, or a rule that has no DTSTART.",
    }),
    active: t.exposeBoolean("active", { description: "Whether it makes runs." }),
    parameters: t.expose("parameters", {
      type: "JSON",
      description: "What is laid over the deployment's parameters.",
    }),
    maxLateRuns: t.exposeInt("maxLateRuns", {
      nullable: true,
      description: "The most of its runs that may be late at once; null for no limit.",
    }),
    catchUp: t.exposeBoolean("catchUp", {
      description: "Whether a run that nobody could start in time is begun all the same.",
    }),
    nextTimes: t.field({
      type: ["DateTime"],
      description:
        "When it comes next, whether it is active or not; none where it comes no more. At most 500 at once.",
      args: {
        first: t.arg.int({ required: true, defaultValue: 5, description: "How many." }),
      },
      resolve: (schedule, { first }, ctx) =>
        nextTimes(timesOf(schedule), ctx.now().getTime(), endOfTime, pageSize("first", first)).map(
          (time) => new Date(time),
        ),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
  }),
});

builder.prismaObjectField(Deployment, "schedules", (t) =>
  t.relation("schedules", {
    type: Schedule,
    description:
      "When its runs begin by themselves, in the order of its definition, then those made by hand.",
    query: { where: { deletedAt: null }, orderBy: [{ byHand: "asc" }, { place: "asc" }, { id: "asc" }] },
  }),
);

builder.prismaObjectField(FlowRun, "autoScheduled", (t) =>
  t.exposeBoolean("autoScheduled", {
    description: "Whether a schedule made it: as long as it has not begun, it goes with the schedule.",
  }),
);
