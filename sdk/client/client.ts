import { NotFound } from "../errors.ts";
import { type FlowRun, flowRunOf } from "../flow-run/flow-run.ts";
import { ReadFlowRunDocument } from "../gql/graphql.ts";
import { checkedAddress, checkedKey } from "./address.ts";
import { Connection, type RequestOptions } from "./connection.ts";
import { type Document, documentText, isMutation } from "./document.ts";
import { subscribe } from "./subscribe.ts";

/** The API of one Antiphon, over one socket. */
export interface Client {
  /** The run as it is now. Throws NotFound. */
  readFlowRun(id: string): Promise<FlowRun>;
  /**
   * Any query or mutation. A `TypedDocumentNode` (or the string form of one) types both sides. When the connection is
   * lost meanwhile, a query is sent again; a mutation, which may have been carried out, is not. Throws ApiError, and
   * ConnectionError for such a mutation.
   */
  request<T, V extends object = object>(document: Document<T, V>, variables?: V): Promise<T>;
  /**
   * Any subscription. It goes on by itself after a lost connection where the document has a variable `$after` and
   * selects `cursor`, or is a stream of states; else it ends with a ConnectionError.
   */
  subscribe<T, V extends object = object>(document: Document<T, V>, variables?: V): AsyncIterableIterator<T>;
}

/** The client of the SDK's own calls, which may also ask whether its socket is open. */
export class SocketClient implements Client {
  readonly connection: Connection;
  /** What others' code is given: the SDK's own mutations may be sent twice, of theirs nobody knows. */
  readonly outward: Client = {
    readFlowRun: (id) => this.readFlowRun(id),
    request: (document, variables) =>
      this.#send(document, variables, { once: isMutation(documentText(document)) }),
    subscribe: (document, variables) => this.subscribe(document, variables),
  };

  constructor(url: string, apiKey: string | undefined) {
    this.connection = new Connection(url, apiKey);
  }

  async readFlowRun(id: string): Promise<FlowRun> {
    const { flowRun } = await this.request(ReadFlowRunDocument, { id });
    if (!flowRun) throw new NotFound(`no flow run ${JSON.stringify(id)}`);
    return flowRunOf(flowRun);
  }

  /** Aborting the signal ends the wait for the answer, with a ConnectionError. */
  request<T, V extends object = object>(
    document: Document<T, V>,
    variables?: V,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<T> {
    return this.#send(document, variables, signal ? { signal } : {});
  }

  subscribe<T, V extends object = object>(document: Document<T, V>, variables?: V): AsyncIterableIterator<T> {
    return subscribe<T>(this.connection, documentText(document), { ...variables });
  }

  #send<T, V extends object>(document: Document<T, V>, variables: V | undefined, how: RequestOptions) {
    const operation = { query: documentText(document), variables: { ...variables } };
    // The document's type says what the server answers.
    return this.connection.request(operation, how) as Promise<T>;
  }
}

const clients = new Map<string, SocketClient>();

/**
 * The client of an Antiphon, one per process and address. Where they are left out, `url` is ANTIPHON_API_URL
 * (http://127.0.0.1:4200/graphql) and `apiKey` is ANTIPHON_API_KEY.
 */
export function getClient(options: { url?: string; apiKey?: string } = {}): Client {
  return socketClient(options).outward;
}

/** The same, as the SDK's own calls see it. */
export function socketClient(options: { url?: string; apiKey?: string } = {}): SocketClient {
  const given = options.url ?? (process.env.ANTIPHON_API_URL || "http://127.0.0.1:4200/graphql");
  const apiKey = options.apiKey ?? (process.env.ANTIPHON_API_KEY || undefined);
  const name = `${given} ${apiKey ?? ""}`;
  const known = clients.get(name);
  if (known) return known;
  const client = new SocketClient(checkedAddress(given), checkedKey(apiKey));
  clients.set(name, client);
  return client;
}
