import { builder } from "../graphql/builder.ts";

/** Which events a field shows. */
export const EventFilter = builder.inputType("EventFilter", {
  description: "Which events; all of it must hold, and what is left out restricts nothing.",
  fields: (t) => ({
    events: t.stringList({
      description:
        "Names, or prefixes ending in `*` (which stands for at least one character), as in a trigger's `expect`; any of them.",
    }),
    excludeEvents: t.stringList({
      description: "Names and prefixes in the same form, of which none may fit.",
    }),
    resource: t.field({
      type: "LabelSpec",
      description: "What the resource must be, as in a trigger's `match`.",
    }),
    related: t.field({
      type: "LabelSpec",
      description: "What one of the related resources must be, as in a trigger's `matchRelated`.",
    }),
    text: t.string({
      description:
        "Words, each of which must occur in the name, a label or the payload, also inside a longer word; A to Z in either case.",
    }),
    occurredAfter: t.field({ type: "DateTime", description: "Those that happened then or later." }),
    occurredBefore: t.field({ type: "DateTime", description: "Those that happened before then." }),
  }),
});
