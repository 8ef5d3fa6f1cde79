import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypesOf } from "./builder.ts";

/** Where a page lies in its list. What must be looked up is looked up only where it is asked for. */
export interface PageInfoShape {
  hasNextPage: () => boolean | Promise<boolean>;
  hasPreviousPage: () => boolean | Promise<boolean>;
  startCursor: string | null;
  endCursor: string | null;
}

/** A part of a list. */
export interface Page<Row> {
  nodes: Row[];
  pageInfo: PageInfoShape;
}

/** A list that is read by pages. */
export interface Connection<Row> {
  page: Page<Row>;
  /** Where its type is counted. */
  totalCount?: () => number | Promise<number>;
}

const PageInfo = builder.objectRef<PageInfoShape>("PageInfo").implement({
  description: "Where a page lies in its list.",
  fields: (t) => ({
    hasNextPage: t.boolean({
      description: "Whether the list goes on behind this page now.",
      resolve: (info) => info.hasNextPage(),
    }),
    hasPreviousPage: t.boolean({
      description: "Whether the list has something before this page.",
      resolve: (info) => info.hasPreviousPage(),
    }),
    startCursor: t.exposeString("startCursor", {
      nullable: true,
      description: "The cursor of the first node, to pass as `before`; null for an empty page.",
    }),
    endCursor: t.exposeString("endCursor", {
      nullable: true,
      description:
        "The cursor of the last node, to pass as `after`. Of an empty page of inputs or logs it is the position that was asked for, or the beginning.",
    }),
  }),
});

/** The type of a list that is read by pages. `counted`: with the number of everything in it. */
export function connectionType<Row>(
  name: string,
  options: { description: string; node: ObjectRef<SchemaTypesOf, Row>; counted?: boolean },
) {
  return builder.objectRef<Connection<Row>>(name).implement({
    description: options.description,
    fields: (t) => ({
      nodes: t.field({
        type: [options.node],
        description: "What is on this page.",
        resolve: (connection) => connection.page.nodes,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: "Where this page lies in the list.",
        resolve: (connection) => connection.page.pageInfo,
      }),
      ...(options.counted && {
        totalCount: t.int({
          description: "How many there are in all, on every page.",
          resolve: ({ totalCount }) => {
            if (totalCount === undefined) throw new Error(`a ${name} is counted`);
            return totalCount();
          },
        }),
      }),
    }),
  });
}
