import { lexicographicSortSchema, printSchema as print } from "graphql";
import { schema } from "./schema.ts";

/** The served schema in the definition language, sorted by name. */
export function printSchema(): string {
  return `${print(lexicographicSortSchema(schema))}\n`;
}
