import { createClient, type Client as SocketClient } from "graphql-ws";
import { apiError, asError, ConnectionError, nobodyText, reasonText } from "./errors.ts";
import { hold } from "./hold.ts";
import { operationProblem } from "./operation-problem.ts";
import { socketClass } from "./socket.ts";

/** A socket that is not open, or not welcomed, after this time is given up for another one. */
const openingMs = 30_000;
/** A connection that is away for longer than this is worth a line in the terminal. */
const noticeAfterMs = 2_000;

/** One operation as it is sent. `variables` may be replaced: the newest are sent when the socket comes back. */
export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** How the answer of an operation is waited for. */
export interface RequestOptions {
  once?: boolean;
  signal?: AbortSignal;
}

export interface StreamSink {
  next(data: Record<string, unknown>): void;
  error(error: Error): void;
  complete(): void;
}

/**
 * One socket to one server, opened by the first call and opened again whenever it is lost. What is waiting then is
 * sent again: requests where they are safe to repeat, streams with the variables that they have by then.
 */
export class Connection {
  #client: SocketClient | undefined;
  #everConnected = false;
  #connected = false;
  readonly #failing = new Set<(error: Error) => void>();
  readonly #closing = new Set<() => void>();
  #firstConnection: NodeJS.Timeout | undefined;
  #notice: NodeJS.Timeout | undefined;
  #noticed = false;
  /** Why the socket could not be opened when it was last tried. */
  #problem: string | null = null;

  /** @param patienceMs how long the first connection is tried for before the calls that wait for it fail */
  constructor(
    readonly url: string,
    readonly apiKey: string | undefined,
    private readonly patienceMs = 15_000,
  ) {}

  /** Whether the socket is open now. */
  get connected(): boolean {
    return this.#connected;
  }

  /**
   * The data of one operation; keeps the process alive while it waits. One that is sent `once` is not sent again after
   * the socket was lost, and one whose `signal` is aborted is waited for no longer: they end with a ConnectionError.
   */
  request(operation: Operation, { once = false, signal }: RequestOptions = {}): Promise<unknown> {
    const problem = operationProblem(operation);
    if (problem !== null) return Promise.reject(problem);
    if (signal?.aborted) return Promise.reject(new ConnectionError(unansweredText(this.url)));
    const release = hold();
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const lost = () => {
        fail(new ConnectionError(lostText(this.url)));
        stop();
      };
      const giveUp = () => {
        fail(new ConnectionError(unansweredText(this.url)));
        stop();
      };
      const end = () => {
        release();
        signal?.removeEventListener("abort", giveUp);
        this.#failing.delete(fail);
        this.#closing.delete(lost);
      };
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      this.#failing.add(fail);
      if (once) this.#closing.add(lost);
      signal?.addEventListener("abort", giveUp);
      stop = this.#open().subscribe(operation, {
        next(result) {
          end();
          if (result.errors) reject(apiError(result.errors));
          else resolve(result.data);
        },
        error: (reason) => fail(asError(reason, this.url)),
        complete: () => fail(new ConnectionError("the API ended the operation without an answer")),
      });
    });
  }

  /** Every result of a subscription, over lost connections too. Returns what ends it. */
  stream(operation: Operation, sink: StreamSink): () => void {
    const fail = (error: Error) => {
      this.#failing.delete(fail);
      sink.error(error);
    };
    const problem = operationProblem(operation);
    if (problem !== null) {
      queueMicrotask(() => sink.error(problem));
      return () => undefined;
    }
    this.#failing.add(fail);
    const end = this.#open().subscribe(operation, {
      next: (result) => (result.errors ? fail(apiError(result.errors)) : sink.next(result.data ?? {})),
      error: (reason) => fail(asError(reason, this.url)),
      complete: () => {
        this.#failing.delete(fail);
        sink.complete();
      },
    });
    return () => {
      this.#failing.delete(fail);
      end();
    };
  }

  /** Calls `listener` each time the socket is lost. Returns what ends that. */
  onClosed(listener: () => void): () => void {
    this.#closing.add(listener);
    return () => this.#closing.delete(listener);
  }

  #open(): SocketClient {
    if (this.#client) return this.#client;
    if (!this.#everConnected) {
      this.#firstConnection = setTimeout(() => this.#giveUp(), this.patienceMs).unref();
    }
    this.#client = createClient({
      url: this.url.replace(/^http/, "ws"),
      webSocketImpl: socketClass(this.apiKey, openingMs),
      connectionAckWaitTimeout: openingMs,
      lazy: false,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) => {
        const longest = Math.min(2_000, 40 * 2 ** Math.min(retries, 10));
        return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)).unref());
      },
      connectionParams: this.apiKey === undefined ? {} : { authorization: `Bearer ${this.apiKey}` },
      // The server closed for good (another protocol, a bad message): the next call begins anew.
      onNonLazyError: () => {
        this.#client = undefined;
        clearTimeout(this.#firstConnection);
      },
      on: {
        connecting: () => this.#noticeLater(),
        connected: () => this.#hasConnected(),
        error: (error) => {
          this.#problem = reasonText(error);
        },
        closed: (event) => this.#hasClosed(event),
      },
    });
    return this.#client;
  }

  #hasConnected(): void {
    this.#everConnected = true;
    this.#connected = true;
    this.#problem = null;
    clearTimeout(this.#firstConnection);
    clearTimeout(this.#notice);
    this.#notice = undefined;
    if (this.#noticed) console.error(`antiphon: connected to ${this.url} again`);
    this.#noticed = false;
  }

  #hasClosed(event: unknown): void {
    // An error is told of first, and says more.
    this.#problem ??= reasonText(event);
    if (!this.#connected) return;
    this.#connected = false;
    this.#noticeLater();
    for (const listener of [...this.#closing]) listener();
  }

  #noticeLater(): void {
    this.#notice ??= setTimeout(() => {
      if (this.#failing.size === 0) return;
      this.#noticed = true;
      console.error(`antiphon: no connection to ${this.url}, trying on`);
    }, noticeAfterMs).unref();
  }

  #giveUp(): void {
    const error = new ConnectionError(nobodyText(this.url, this.#problem ?? "nothing answers"));
    const client = this.#client;
    this.#client = undefined;
    clearTimeout(this.#notice);
    this.#notice = undefined;
    this.#noticed = false;
    for (const fail of [...this.#failing]) fail(error);
    void Promise.resolve(client?.dispose()).catch(() => undefined); // it fails where the socket is not open yet
  }
}

function unansweredText(url: string): string {
  return `${url} did not answer in time`;
}

function lostText(url: string): string {
  return `the connection to ${url} was lost before the API answered: the mutation may have been carried out. Look before you send it again, or give it a key or an id of your own, by which the API knows it`;
}
