import { makeFetchBody } from "@urql/core/internal";
import { makeOperation, mapExchange } from "urql";

/** Sends variables with their properties in the order that they have, where the client's own request has them sorted by name. */
export const sentInOrder = mapExchange({
  onOperation(operation) {
    const { kind, context } = operation;
    if (kind !== "query" && kind !== "mutation") return operation;
    const send = context.fetch ?? fetch;
    const body = JSON.stringify(makeFetchBody(operation));
    return makeOperation(kind, operation, {
      ...context,
      fetch: (url, options) => send(url, { ...options, body }),
    });
  },
});
