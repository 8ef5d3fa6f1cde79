import { builder } from "../graphql/builder.ts";

export const ScheduleInput = builder.inputType("ScheduleInput", {
  description:
    "When runs of a deployment begin by themselves. Give exactly one of `cron`, `interval` and `rrule`.",
  fields: (t) => ({
    cron: t.string({ description: "Five parts, such as `0 9 * * MON-FRI`, or a name such as `@daily`." }),
    interval: t.float({
      description: "Seconds, from 1. From a day on, the time of day stays when the clock changes.",
    }),
    rrule: t.string({ description: "A recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`." }),
    anchor: t.field({
      type: "DateTime",
      description:
        "From when on an interval counts, or a rule that has no DTSTART. A new interval counts from now where it is left out.",
    }),
    timezone: t.string({ description: "Such as `Europe/Berlin`; `UTC` where it is left out." }),
    active: t.boolean({
      description: "Whether it makes runs. Where it is left out, a new one does, and another stays as it is.",
    }),
    parameters: t.field({
      type: "JSON",
      description: "An object, laid over the parameters of the deployment.",
    }),
    maxLateRuns: t.int({
      description:
        "The most of its runs that may be late at once: the oldest beyond them are cancelled. No limit where it is left out.",
    }),
    catchUp: t.boolean({
      description:
        "False: a run that nobody has taken 15 s after its time is cancelled. True where it is left out.",
    }),
  }),
});
