import { builder } from "../graphql/builder.ts";
import { StateType } from "./graphql-state.ts";

export const FlowRunFilter = builder.inputType("FlowRunFilter", {
  description:
    "What runs are wanted. A run satisfies every field that is given; an empty list is satisfied by none, but `tags: []` by all.",
  fields: (t) => ({
    ids: t.idList({ description: "Its id is one of these." }),
    flowNames: t.stringList({ description: "Its flow has one of these names." }),
    deploymentIds: t.idList({ description: "It belongs to one of these deployments." }),
    workPoolIds: t.idList({ description: "It is in a queue of one of these work pools." }),
    stateTypes: t.field({ type: [StateType], description: "Its state is of one of these types." }),
    stateNames: t.stringList({ description: "Its state has one of these names." }),
    tags: t.stringList({ description: "It has every one of these tags." }),
    awaitingInput: t.boolean({ description: "Whether it waits for an input." }),
    upcoming: t.boolean({
      description:
        "Whether it has not begun and only waits for its time to come, as those that schedules make ahead.",
    }),
    nameLike: t.string({
      description: "A part of its name, letter case ignored. There are no wildcards.",
    }),
    createdAfter: t.field({ type: "DateTime", description: "It was created later than this." }),
    createdBefore: t.field({ type: "DateTime", description: "It was created earlier than this." }),
  }),
});
