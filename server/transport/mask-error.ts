import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
} from "graphql";

/** What clients are told of an error that is not meant for them. */
export const unexpected = "Unexpected error.";

/**
 * Lets through what was thrown for clients (a GraphQLError, also one that execution has given a path), and puts
 * a message that says nothing in the place of all else, which is reported with its cause.
 */
export function createMaskError(report: (what: string, cause: unknown) => void) {
  return (error: unknown): GraphQLError => {
    if (isForClients(error)) return withInputCode(error);
    const within = error instanceof GraphQLError ? error : undefined;
    const where = within?.path ? ` at ${within.path.join(".")}` : "";
    report(`An operation failed${where}.`, within?.originalError ?? error);
    return new GraphQLError(unexpected, {
      nodes: within?.nodes,
      path: within?.path,
      extensions: { code: "INTERNAL_SERVER_ERROR", unexpected: true },
    });
  };
}

function isForClients(error: unknown): error is GraphQLError {
  for (let inner = error; inner instanceof GraphQLError; inner = inner.originalError)
    if (inner.originalError === undefined || inner.originalError === null) return true;
  return false;
}

/**
 * What is wrong with a variable or an argument of a valid document has no code from GraphQL itself. Its node is the variable or the
 * value, where that of what goes wrong with a field is the field.
 */
function withInputCode(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node === undefined || node.kind === Kind.FIELD || error.extensions.code !== undefined) return error;
  const { message, nodes, path, extensions } = error;
  return new GraphQLError(message, { nodes, path, extensions: { ...extensions, code: "BAD_USER_INPUT" } });
}

/** The result as clients get it: errors masked and in their public form. */
export function formatResult(
  result: ExecutionResult,
  mask: (error: unknown) => GraphQLError,
): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return errors === undefined || errors.length === 0
    ? rest
    : { ...rest, errors: errors.map((error) => formatError(mask(error))) };
}

/** An error's public form, without what its extensions say to this server. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...formatted } = error.toJSON();
  const { unexpected: _, http: __, ...shown } = extensions ?? {};
  return Object.keys(shown).length > 0 ? { ...formatted, extensions: shown } : formatted;
}
