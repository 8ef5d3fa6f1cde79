import { badUserInput } from "./request-error.ts";

/** The most that one page holds. */
const maxPageSize = 500;

/** What `first` or `last` asks for. @throws GraphQLError with the code BAD_USER_INPUT where it is negative or too large */
export function pageSize(name: "first" | "last", given: number): number {
  if (given >= 0 && given <= maxPageSize) return given;
  throw badUserInput(`${name}: ${given} is no page size; give 0 to ${maxPageSize} and page on with a cursor`);
}
