import type { ObjectRef, UnionRef } from "@pothos/core";
import { GraphQLError } from "graphql";
import {
  ActionNotFailedError,
  AlreadyExistsError,
  type Issue as DomainIssue,
  InvalidInputError,
  NotFoundError,
  StaleExecutionError,
  StateConflictError,
} from "../../core/error.ts";
import { State, stateOf } from "../flow-run/graphql-state.ts";
import { builder, type SchemaTypesOf } from "./builder.ts";

const ErrorInterface = builder.interfaceRef<Error>("Error").implement({
  description:
    "What every expected failure has in common. Expected failures are members of a result's union, never entries in `errors`.",
  fields: (t) => ({
    message: t.exposeString("message", { description: "What was wrong, in a sentence for people." }),
  }),
});

export const Issue = builder.objectRef<DomainIssue>("Issue").implement({
  description: "One problem with a value.",
  fields: (t) => ({
    path: t.exposeStringList("path", {
      description:
        "Where in the value: property names and array indexes, outermost first; empty for the value itself.",
    }),
    message: t.exposeString("message", { description: "What is wrong there." }),
  }),
});

builder.objectType(InvalidInputError, {
  name: "InvalidInputError",
  description: "Input that does not satisfy its rules. Nothing was stored and no state changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [Issue],
      description: "Every problem that was found.",
      resolve: (error) => error.issues,
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: "NotFoundError",
  description: "Nothing has this id or name.",
  interfaces: [ErrorInterface],
});

const StateConflictCode = builder.enumType("StateConflictCode", {
  description: "Why the state of a run does not allow an operation.",
  values: {
    NOT_PAUSED: { description: "It waits for nothing: it was never paused, or somebody else was faster." },
    TIMED_OUT: { description: "The wait is past its deadline." },
    STALE_KEY: { description: "It waits for another question than the one that `key` names." },
    NO_DEPLOYMENT: { description: "Nothing could start it again: it has no deployment." },
    FINISHED: { description: "It has ended." },
    NOT_RUNNING: { description: "It is not running." },
    NOT_FINISHED: { description: "It has not ended." },
  },
});

builder.objectType(StateConflictError, {
  name: "StateConflictError",
  description: "The run is in no state that allows the operation. Nothing changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    code: t.field({
      type: StateConflictCode,
      description: "Why, for programs.",
      resolve: (error) => error.code,
    }),
    state: t.field({
      type: State,
      description: "The state that the run is in.",
      resolve: (error) => stateOf(error.state),
    }),
  }),
});

builder.objectType(AlreadyExistsError, {
  name: "AlreadyExistsError",
  description: "A name that must be unique is taken.",
  interfaces: [ErrorInterface],
});

builder.objectType(StaleExecutionError, {
  name: "StaleExecutionError",
  description:
    "The call came from an execution that a newer one has replaced, or whose run has ended. That process must stop.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    state: t.field({
      type: State,
      description: "The state that the run is in.",
      resolve: (error) => stateOf(error.state),
    }),
  }),
});

export const ActionRunStatus = builder.enumType("ActionRunStatus", {
  description: "How far an action run is.",
  values: {
    PENDING: { description: "It is to be carried out, for the first time or again." },
    RUNNING: { description: "It is being carried out." },
    SUCCEEDED: { description: "It was carried out." },
    FAILED: { description: "It could not be carried out; this is final until `retryActionRun`." },
  } as const,
});

builder.objectType(ActionNotFailedError, {
  name: "ActionNotFailedError",
  description: "The action run has not failed. Nothing changed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    status: t.field({
      type: ActionRunStatus,
      description: "How far it is.",
      resolve: (error) => error.status,
    }),
  }),
});

const refusals = {
  ActionNotFailedError,
  InvalidInputError,
  NotFoundError,
  StateConflictError,
  AlreadyExistsError,
  StaleExecutionError,
};

/** A refusal by the name of its type. */
export type Refusal = keyof typeof refusals;

/**
 * The result of an operation that may be refused: what it gives, or one of the domain's errors. A field of this type
 * throws the error (its verb does), and it becomes the member.
 */
export function resultUnion<Success extends ObjectRef<SchemaTypesOf, unknown>, Refused extends Refusal>(
  name: string,
  options: { description: string; success: Success | Success[]; refusals: Refused[] },
) {
  const success = Array.isArray(options.success) ? options.success : [options.success];
  const only = success.length === 1 ? success[0]?.name : undefined;
  const union = builder.errorUnion(name, {
    description: options.description,
    types: [...success, ...options.refusals.map((refusal) => refusals[refusal])],
    // Several successes name their type themselves, by `__typename`.
    ...(only === undefined ? {} : { resolveType: () => only }),
  });
  // Values need no brand: their type is known by the lines above.
  return union as UnionRef<SchemaTypesOf, Success["$inferType"] | InstanceType<(typeof refusals)[Refused]>>;
}

/**
 * The work of a field whose type has no place for refusals: what the domain refuses becomes an error of the request,
 * with a code.
 */
export async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Error ? asRequestError(error) : error;
  }
}

function asRequestError(error: Error): Error {
  const extensions = (code: string) => ({ extensions: { code } });
  if (error instanceof InvalidInputError) {
    return new GraphQLError(error.message, { extensions: { code: "BAD_USER_INPUT", issues: error.issues } });
  }
  if (error instanceof NotFoundError) return new GraphQLError(error.message, extensions("NOT_FOUND"));
  if (error instanceof StaleExecutionError)
    return new GraphQLError(error.message, extensions("STALE_EXECUTION"));
  if (error instanceof StateConflictError) return new GraphQLError(error.message, extensions(error.code));
  if (error instanceof ActionNotFailedError)
    return new GraphQLError(error.message, extensions("ACTION_NOT_FAILED"));
  if (error instanceof AlreadyExistsError)
    return new GraphQLError(error.message, extensions("ALREADY_EXISTS"));
  return error;
}
