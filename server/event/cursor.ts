import { badCursor } from "../graphql/request-error.ts";

/** The position in the log that a cursor stands for. @throws GraphQLError with the code BAD_CURSOR */
export function positionOfCursor(cursor: string): number {
  const position = /^(0|[1-9]\d{0,15})$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (!Number.isSafeInteger(position)) throw badCursor(cursor);
  return position;
}
