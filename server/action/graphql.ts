import type { Action as AnyAction } from "../../core/automation/action.ts";
import { Action } from "../automation/graphql-action.ts";
import { builder } from "../graphql/builder.ts";
import { ActionRunStatus } from "../graphql/errors.ts";
import { Node } from "../graphql/node.ts";

type Status = typeof ActionRunStatus.$inferType;

/** An action of a firing, for every field that shows one. */
export const ActionRun = builder.prismaObject("ActionRun", {
  description: "One action of one firing.",
  interfaces: [Node],
  fields: (t) => ({
    id: t.exposeID("id", { description: "A UUID, derived from its firing; the `invocation` in its events." }),
    firing: t.relation("firing", { description: "What started it." }),
    action: t.field({
      type: Action,
      description: "What is done, as the automation said when it fired.",
      resolve: ({ action }) => action as unknown as AnyAction, // checked when the automation was stored
    }),
    status: t.field({
      type: ActionRunStatus,
      description: "How far it is.",
      resolve: ({ status }) => status as Status, // only these are stored
    }),
    attempts: t.exposeInt("attempts", { description: "How often it was tried." }),
    error: t.exposeString("error", {
      nullable: true,
      description: "Why it failed, or why it is tried again; null where nothing went wrong.",
    }),
    result: t.expose("result", {
      type: "JSON",
      nullable: true,
      description: 'What the action did, such as `{ "flow_run_id": … }`; null before it has ended.',
    }),
    nextAttemptAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it is tried again; null where it does not wait for that.",
      resolve: ({ status, dueAt }) => (status === "PENDING" ? dueAt : null),
    }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it last changed." }),
    discardedAt: t.expose("discardedAt", {
      type: "DateTime",
      nullable: true,
      description: "Of one that failed: when somebody discarded it; null where nobody has.",
    }),
  }),
});
