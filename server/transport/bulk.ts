import type { IncomingMessage } from "node:http";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
} from "graphql";
import type { Plugin } from "graphql-yoga";

/** The largest request for what takes no great amounts of data, and the longest document, in bytes. */
export const ordinaryBytes = 2 * 1024 * 1024;

/** Of a field's `extensions`: requests for it may be as large as the server takes at all. */
export interface BulkExtension {
  bulk?: boolean;
}

interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  contextValue: unknown;
}

/** Refuses large requests for all but the fields that are made for great amounts of data. */
export function limitBulk(sizes: WeakMap<IncomingMessage, number>): Plugin {
  const refusal = (args: Asked): ExecutionResult | undefined => {
    const { req } = args.contextValue as { req?: IncomingMessage }; // as Yoga makes contexts
    const bytes = (req && sizes.get(req)) ?? 0;
    return bytes > ordinaryBytes && !isBulk(args) ? { errors: [tooLarge(bytes)] } : undefined;
  };
  return {
    onParams({ params }) {
      if ((params.query?.length ?? 0) > ordinaryBytes) throw tooLarge(params.query?.length ?? 0);
    },
    onExecute({ args, setResultAndStopExecution }) {
      const refused = refusal(args);
      if (refused !== undefined) setResultAndStopExecution(refused);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refused = refusal(args);
      if (refused !== undefined) setResultAndStopExecution(refused);
    },
  };
}

/** Whether all that it asks for is made for great amounts. */
function isBulk({ schema, document, operationName }: Asked): boolean {
  const operation = getOperationAST(document, operationName);
  const fields = operation && schema.getRootType(operation.operation)?.getFields();
  if (!operation || !fields) return false;
  return operation.selectionSet.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const extensions = fields[selection.name.value]?.extensions as BulkExtension | undefined; // of any plugin
    return extensions?.bulk === true;
  });
}

function tooLarge(bytes: number): GraphQLError {
  return new GraphQLError(
    `The request has ${bytes} bytes. More than ${ordinaryBytes} are taken for great amounts of events alone, given as variables.`,
    { extensions: { code: "REQUEST_TOO_LARGE", http: { status: 413 } } },
  );
}
