import { builder } from "../graphql/builder.ts";

/** Which automations a list shows. */
export const AutomationFilter = builder.inputType("AutomationFilter", {
  description:
    "What automations are wanted. One satisfies every field that is given; an empty list of names or types is satisfied by none.",
  fields: (t) => ({
    names: t.stringList({ description: "Its name is one of these." }),
    enabled: t.boolean({ description: "Whether it watches." }),
    tags: t.stringList({ description: "It has every one of these tags." }),
    anyTags: t.stringList({ description: "It has at least one of these tags." }),
    noTags: t.stringList({ description: "It has none of these tags." }),
    tagged: t.boolean({ description: "Whether it has any tags." }),
    ownerResource: t.string({
      description: "It belongs to this resource, such as `prefect.deployment.<id>`.",
    }),
    owned: t.boolean({ description: "Whether it belongs to a resource at all." }),
    relatedTo: t.string({
      description: "It belongs to this resource, or an action of it names the resource.",
    }),
    createdBefore: t.field({ type: "DateTime", description: "It was created earlier than this." }),
    triggerTypes: t.stringList({
      description:
        "Its trigger is of one of these types, as in documents: `event`, `compound`, `sequence`, `metric`.",
    }),
    actionTypes: t.stringList({
      description: "One of its actions is of one of these types, as in documents, such as `run-deployment`.",
    }),
  }),
});

/** The order of a list. */
export const AutomationSort = builder.enumType("AutomationSort", {
  description: "In which order automations are listed.",
  values: {
    NAME_ASC: { description: "By name." },
    NAME_DESC: { description: "By name, backwards." },
    CREATED_DESC: { description: "Those first that were created last." },
    UPDATED_DESC: { description: "Those first that were changed last." },
  } as const,
});
