import { builder } from "../graphql/builder.ts";
import { plainly, resultUnion } from "../graphql/errors.ts";
import { pageSize } from "../graphql/page-size.ts";
import { createSchedule } from "./create-schedule.ts";
import { deleteSchedule } from "./delete-schedule.ts";
import { Schedule } from "./graphql.ts";
import { ScheduleInput } from "./graphql-input.ts";
import { scheduleTimes } from "./schedule-times.ts";
import { setScheduleActive } from "./set-schedule-active.ts";
import { showSchedule } from "./show-schedule.ts";
import { updateSchedule } from "./update-schedule.ts";

const ScheduleResult = resultUnion("ScheduleResult", {
  description: "The schedule as it is now, or why nothing changed.",
  success: Schedule,
  refusals: ["NotFoundError", "InvalidInputError"],
});

const ScheduleTimes = builder.objectRef<{ times: Date[] }>("ScheduleTimes").implement({
  description: "When a schedule would come.",
  fields: (t) => ({
    times: t.field({
      type: ["DateTime"],
      description: "From now on, soonest first.",
      resolve: ({ times }) => times,
    }),
  }),
});

const ScheduleTimesResult = resultUnion("ScheduleTimesResult", {
  description: "Times, or what is wrong with the schedule.",
  success: ScheduleTimes,
  refusals: ["InvalidInputError"],
});

builder.queryField("scheduleTimes", (t) =>
  t.field({
    type: ScheduleTimesResult,
    description: "When a schedule would come next; nothing is stored.",
    args: {
      schedule: t.arg({ type: ScheduleInput, required: true, description: "The schedule." }),
      first: t.arg.int({ required: true, defaultValue: 5, description: "How many times, at most 500." }),
    },
    resolve: async (_root, { schedule, first }, ctx) => ({
      times: await scheduleTimes(ctx, { schedule, first: pageSize("first", first) }),
    }),
  }),
);

builder.mutationFields((t) => ({
  setScheduleActive: t.field({
    type: ScheduleResult,
    description:
      "Put a schedule into action or out of it; out of it, the runs that it has made ahead are deleted. It stays so when its deployment is registered again, unless the definition says otherwise.",
    args: {
      id: t.arg.id({ required: true, description: "The schedule." }),
      active: t.arg.boolean({ required: true, description: "Whether it makes runs." }),
    },
    resolve: async (_root, args, ctx, info) => showSchedule(ctx, info, await setScheduleActive(ctx, args)),
  }),
  createSchedule: t.field({
    type: ScheduleResult,
    description: "Give a deployment one more schedule. Registering the deployment again leaves it alone.",
    args: {
      deployment: t.arg.string({
        required: true,
        description: "Its id, or `<flow name>/<deployment name>`.",
      }),
      schedule: t.arg({ type: ScheduleInput, required: true, description: "The schedule." }),
    },
    resolve: async (_root, args, ctx, info) => showSchedule(ctx, info, await createSchedule(ctx, args)),
  }),
  updateSchedule: t.field({
    type: ScheduleResult,
    description:
      "Replace a schedule; runs that it has made ahead are made anew. One of a deployment's definition becomes that again when the deployment is registered the next time.",
    args: {
      id: t.arg.id({ required: true, description: "The schedule." }),
      schedule: t.arg({ type: ScheduleInput, required: true, description: "What it is to be." }),
    },
    resolve: async (_root, args, ctx, info) => showSchedule(ctx, info, await updateSchedule(ctx, args)),
  }),
  deleteSchedule: t.idList({
    description:
      "Delete a schedule with the runs that it has made ahead. Answers the ids that were deleted: none where there was none.",
    args: { id: t.arg.id({ required: true, description: "The schedule." }) },
    resolve: (_root, { id }, ctx) => plainly(deleteSchedule(ctx, id)),
  }),
}));
