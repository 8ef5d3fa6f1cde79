import { builder } from "./builder.ts";

/** What has an id of its own. */
export const Node = builder.interfaceRef<{ id: string }>("Node").implement({
  description: "Something with an id. Ids are bare UUIDs, the same as in `prefect.<kind>.<id>`.",
  fields: (t) => ({ id: t.exposeID("id", { description: "A UUID." }) }),
});
