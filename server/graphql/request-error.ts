import { GraphQLError } from "graphql";

/** A request that can never be answered, whoever asks and whenever: its arguments make no sense. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** A cursor that this server never gave out. */
export function badCursor(cursor: string): GraphQLError {
  const shown = JSON.stringify(cursor.length > 80 ? `${cursor.slice(0, 80)}…` : cursor);
  return new GraphQLError(
    `${shown} is no cursor of this list: pass a \`cursor\` or \`endCursor\` as it was given`,
    {
      extensions: { code: "BAD_CURSOR" },
    },
  );
}

/** A subscription to something that does not exist. */
export function notFound(what: string, id: string): GraphQLError {
  return new GraphQLError(`no ${what} ${JSON.stringify(id)}`, { extensions: { code: "NOT_FOUND" } });
}

/** Whoever asked is gone; nobody reads this. */
export function cancelled(): GraphQLError {
  return new GraphQLError("the client is gone", { extensions: { code: "CANCELLED" } });
}
