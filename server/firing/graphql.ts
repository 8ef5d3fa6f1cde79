import type { Labels } from "../../core/event/event.ts";
import type { FiringState, MemberFiring as Member } from "../../core/trigger/firing.ts";
import { Automation } from "../automation/graphql.ts";
import { TriggerState } from "../automation/graphql-trigger-state.ts";
import type { Context } from "../context.ts";
import { Event, eventOf } from "../event/graphql.ts";
import type { EventRow } from "../event/row.ts";
import { builder } from "../graphql/builder.ts";
import { connectionType } from "../graphql/connection.ts";
import { Node } from "../graphql/node.ts";
import { pageOfFirings } from "./read.ts";

const MemberFiring = builder.objectRef<Member>("MemberFiring").implement({
  description: "The firing of a member of a composite trigger.",
  fields: (t) => ({
    triggerId: t.exposeID("triggerId", { description: "The member." }),
    triggered: t.field({
      type: "DateTime",
      description: "Event time at which its condition was met.",
      resolve: ({ time }) => new Date(time),
    }),
    triggeringLabels: t.field({
      type: "Labels",
      description: "Its `for_each` labels and their values.",
      resolve: ({ labels }) => labels,
    }),
    triggeringEvent: t.field({
      type: Event,
      nullable: true,
      description: "The event on which it fired; null where there is none, or where retention has taken it.",
      resolve: ({ triggeringEventId }, _args, ctx) => shownEvent(ctx, triggeringEventId),
    }),
  }),
});

/** A firing, for every field that shows one. */
export const Firing = builder.prismaObject("Firing", {
  description: "One instance of an automation's trigger going off.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID, derived from what made it fire." }),
    cursor: t.string({
      description: "Its position in the log of firings: pass it as `after` to go on behind this firing.",
      resolve: ({ position }) => String(position),
    }),
    automation: t.relation("automation", { description: "What fired, as it is now; also a deleted one." }),
    state: t.field({
      type: TriggerState,
      description: "What the trigger reported.",
      // Only these are stored.
      resolve: ({ state }) => state as FiringState,
    }),
    triggered: t.expose("triggered", {
      type: "DateTime",
      description:
        "Event time at which the condition was met; of a firing that the clock caused, the end of its window.",
    }),
    firedAt: t.expose("firedAt", {
      type: "DateTime",
      description: "When it fired: the delivery of the event that caused it, or the clock's time.",
    }),
    causedByClock: t.exposeBoolean("causedByClock", {
      description: "Whether time alone made it fire, and no event.",
    }),
    triggeringLabels: t.field({
      type: "Labels",
      description: "The `for_each` labels and their values; none of a composite.",
      resolve: ({ triggeringLabels }) => triggeringLabels as Labels, // as it is written
    }),
    triggeringEvent: t.field({
      type: Event,
      nullable: true,
      description:
        "The event that made it fire; where the clock did, the last one of its window. Null where there is none, or where retention has taken it.",
      resolve: ({ triggeringEventId }, _args, ctx) => shownEvent(ctx, triggeringEventId),
    }),
    countedEvents: t.field({
      type: [Event],
      description:
        "The last 100 events that counted, oldest first (a composite's are its members' together, each once); those no longer kept are left out.",
      resolve: async ({ countedEventIds }, _args, ctx) => {
        const events = await Promise.all(countedEventIds.map((id) => eventOf(ctx, id)));
        return events.filter((event) => event !== null).sort((a, b) => a.position - b.position);
      },
    }),
    memberFirings: t.field({
      type: [MemberFiring],
      description: "The firings of its members that made a composite fire.",
      resolve: ({ memberFirings }) => memberFirings as unknown as Member[], // as they are written
    }),
    metricValue: t.exposeFloat("metricValue", {
      nullable: true,
      description: "The figure of a metric trigger.",
    }),
    actionRuns: t.relation("actionRuns", {
      query: { orderBy: { index: "asc" } },
      description: "What it started, in that order.",
    }),
  }),
});

export const FiringConnection = connectionType("FiringConnection", {
  description: "Firings, newest first, by pages.",
  node: Firing,
});

builder.prismaObjectField(Automation, "firings", (t) =>
  t.field({
    type: FiringConnection,
    description: "Its firings, newest first.",
    args: {
      first: t.arg.int({ defaultValue: 50, description: "How many, up to 500." }),
      after: t.arg.string({ description: "Those older than this cursor." }),
    },
    resolve: async ({ id }, args, ctx) => ({
      page: await pageOfFirings(ctx, { ...args, automationId: id }),
      totalCount: () => 0,
    }),
  }),
);

async function shownEvent(ctx: Context, id: string | null): Promise<EventRow | null> {
  return id === null ? null : eventOf(ctx, id);
}
