import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST } from "graphql";
import type { OperationResult, ServerOptions, SubscribePayload } from "graphql-ws";
import type { Actor } from "../context.ts";
import type { Connection } from "./connection.ts";
import type { GraphQLService } from "./graphql.ts";
import { checkVariables } from "./limits.ts";
import { LiveOperationStream } from "./live-operation.ts";
import { formatError, formatResult } from "./mask-error.ts";

/** Live subscriptions on one socket. */
const maxSubscriptions = 1_000;
const actor: Actor = { kind: "operator" };

export type ConnectionParams = Record<string, unknown> | undefined;

/** How an accepted operation is run; it goes through graphql-ws as the root value. */
interface Run {
  run(): OperationResult;
}

/** What graphql-ws, which is in charge of the protocol, asks of us. */
export function protocolOptions(graphql: GraphQLService): ServerOptions<ConnectionParams, Connection> {
  const { yoga, mask } = graphql;
  const run = ({ rootValue }: ExecutionArgs) => (rootValue as Run).run(); // set by onSubscribe, always
  return {
    onSubscribe({ extra: connection }, id, payload) {
      const enveloped = yoga.getEnveloped({ params: payload, socketClosed: connection.closed });
      try {
        checkVariables(payload.variables);
        const document: DocumentNode = enveloped.parse(payload.query);
        const errors = enveloped.validate(enveloped.schema, document);
        if (errors.length > 0) return errors.map(mask);
        const operation = getOperationAST(document, payload.operationName);
        const rootValue: Run =
          operation?.operation === "subscription"
            ? subscription(graphql, connection, id, document, payload)
            : {
                run: async () =>
                  enveloped.execute({
                    ...request(enveloped.schema, document, payload),
                    contextValue: await enveloped.contextFactory(),
                  }),
              };
        return { schema: enveloped.schema, document, operationName: payload.operationName, rootValue };
      } catch (error) {
        return [mask(error)];
      }
    },
    execute: run,
    subscribe: run,
    onNext: (_ctx, _id, _payload, _args, result) => formatResult(result, mask),
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => formatError(mask(error))),
  };
}

function subscription(
  graphql: GraphQLService,
  connection: Connection,
  id: string,
  document: DocumentNode,
  payload: SubscribePayload,
): Run {
  return {
    async run() {
      if (connection.subscriptions >= maxSubscriptions)
        return { errors: [new GraphQLError(`A socket may have ${maxSubscriptions} subscriptions at most.`)] };
      const args = request(graphql.schema, document, payload);
      const opened = await graphql.subscribe({ ...args, actor });
      if (opened !== undefined)
        return "errors" in opened ? opened : new LiveOperationStream(opened, connection, id);
      const enveloped = graphql.yoga.getEnveloped({ params: payload });
      return enveloped.subscribe({ ...args, contextValue: await enveloped.contextFactory() });
    },
  };
}

function request(schema: GraphQLService["schema"], document: DocumentNode, payload: SubscribePayload) {
  return {
    schema,
    document,
    operationName: payload.operationName,
    variableValues: payload.variables,
  };
}
