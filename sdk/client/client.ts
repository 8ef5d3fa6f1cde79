import { NotFound } from "../errors.ts";
import { type FlowRun, flowRunOf } from "../flow-run/flow-run.ts";
import { ReadFlowRunDocument } from "../gql/graphql.ts";
import { Connection } from "./connection.ts";
import { type Document, documentText } from "./document.ts";
import { subscribe } from "./subscribe.ts";

/** The API of one Antiphon, over one socket. */
export interface Client {
  /** The run as it is now. Throws NotFound. */
  readFlowRun(id: string): Promise<FlowRun>;
  /** Any query or mutation. A `TypedDocumentNode` (or the string form of one) types both sides. Throws ApiError. */
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

  constructor(url: string, apiKey: string | undefined) {
    this.connection = new Connection(url, apiKey);
  }

  async readFlowRun(id: string): Promise<FlowRun> {
    const { flowRun } = await this.request(ReadFlowRunDocument, { id });
    if (!flowRun) throw new NotFound(`no flow run ${JSON.stringify(id)}`);
    return flowRunOf(flowRun);
  }

  request<T, V extends object = object>(document: Document<T, V>, variables?: V): Promise<T> {
    const operation = { query: documentText(document), variables: { ...variables } };
    // The document's type says what the server answers.
    return this.connection.request(operation) as Promise<T>;
  }

  subscribe<T, V extends object = object>(document: Document<T, V>, variables?: V): AsyncIterableIterator<T> {
    return subscribe<T>(this.connection, documentText(document), { ...variables });
  }
}

const clients = new Map<string, SocketClient>();

/**
 * The client of an Antiphon, one per process and address. Where they are left out, `url` is ANTIPHON_API_URL
 * (http://127.0.0.1:4200/graphql) and `apiKey` is ANTIPHON_API_KEY.
 */
export function getClient(options: { url?: string; apiKey?: string } = {}): Client {
  return socketClient(options);
}

/** The same, as the SDK's own calls see it. */
export function socketClient(options: { url?: string; apiKey?: string } = {}): SocketClient {
  const url = options.url ?? (process.env.ANTIPHON_API_URL || "http://127.0.0.1:4200/graphql");
  const apiKey = options.apiKey ?? (process.env.ANTIPHON_API_KEY || undefined);
  const name = `${url} ${apiKey ?? ""}`;
  const known = clients.get(name);
  if (known) return known;
  if (!/^https?:\/\//.test(url)) {
    throw new TypeError(`${JSON.stringify(url)} is no address of an API: it begins with http:// or https://`);
  }
  const client = new SocketClient(url, apiKey);
  clients.set(name, client);
  return client;
}
