import { GraphQLError } from "graphql";
import type { LiveGroups } from "./groups.ts";
import { type LiveRequest, type LiveRuntime, prepareOperation } from "./operation.ts";
import type { LiveSubscription } from "./subscription.ts";

/** Clients are told what went wrong; others get nothing of it. */
export type MaskError = (error: unknown) => GraphQLError;

/** An opened subscription, the errors with which it is refused, or undefined if the field is not a live one. */
export type LiveAnswer = LiveSubscription | { errors: GraphQLError[] } | undefined;

/** Opens a subscription to a live field for a transport, which then starts it with its own sink. */
export async function subscribeLive(
  request: LiveRequest,
  live: { groups: LiveGroups; runtime: LiveRuntime; mask: MaskError },
): Promise<LiveAnswer> {
  try {
    const operation = prepareOperation(request, live.runtime);
    return operation && (await live.groups.open(operation));
  } catch (error) {
    const errors = Array.isArray(error) ? error : [error];
    return { errors: errors.map((each) => live.mask(asRefusal(each))) };
  }
}

/** Refusals of the domain have the code that clients look for. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GraphQLError) return error;
  const code = refusals.get(error.name);
  return code === undefined ? error : new GraphQLError(error.message, { extensions: { code } });
}

const refusals = new Map([
  ["NotFoundError", "NOT_FOUND"],
  ["InvalidInputError", "BAD_USER_INPUT"],
  ["StaleExecutionError", "STALE_EXECUTION"],
]);
