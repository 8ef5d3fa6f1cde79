import { socketClient } from "../client/client.ts";
import { fetchOnce } from "../client/fetch.ts";
import { hold } from "../client/hold.ts";
import { ReceivePositionDocument, StoredInputsDocument } from "../gql/graphql.ts";
import { after, every } from "../timer/after.ts";
import { openFeed } from "./feed.ts";
import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";
import { ofRun } from "./of-run.ts";
import type { Finishing, MessageSource } from "./source.ts";
import { storedMessages } from "./stored-messages.ts";

/** With so many untaken messages the feed is closed, and opened again when they are taken. */
const mostUntaken = 1_000;

interface Options {
  /** Seconds between looks by HTTP while the socket is down. */
  pollInterval: number;
}

/** Every message of a channel, in order, each once: the stored ones, then those that are pushed. */
export class SharedSource implements MessageSource {
  #untaken: Message[] = [];
  /** Cursor of the newest message that has come; null: none has. */
  #after: string | null = null;
  #newest = 0;
  #failure: Error | null = null;
  #closeFeed: (() => void) | null = null;
  #wake: () => void = () => undefined;
  #looked = false;
  #closed = false;
  readonly #opened: Promise<void>;

  constructor(
    private readonly inbox: Inbox,
    private readonly options: Options,
  ) {
    this.#opened = inbox.cursor === null ? this.#open() : this.#openBehind(inbox.cursor);
    this.#opened.catch((error) => this.#fail(ofRun(error)));
  }

  async take(timeout: number | null): Promise<Message | null> {
    const ready = this.#shift();
    if (ready) return ready;
    const release = hold();
    const endPolling = every(this.options.pollInterval, () => void this.#poll());
    const isOver = this.#timeLimit(timeout);
    try {
      for (;;) {
        const message = this.#shift();
        if (message) return message;
        if (this.#failure) throw this.#failure;
        if (this.#closed || isOver()) return null;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      isOver.forget();
      endPolling();
      release();
    }
  }

  finished(message: Message): void {
    const { cursor, channel, reports } = this.inbox;
    if (cursor !== null) reports.position(channel, cursor, message.seq);
  }

  finishing(message: Message): Finishing | null {
    const { cursor: name, channel } = this.inbox;
    return name === null ? null : { consumer: null, positions: [{ channel, name, seq: message.seq }] };
  }

  flush(): Promise<void> {
    return this.inbox.reports.flush();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#closeFeed?.();
    this.#closeFeed = null;
    this.#wake();
    await this.flush();
  }

  async #openBehind(name: string): Promise<void> {
    const { flowRunId, channel } = this.inbox;
    const found = await socketClient().request(ReceivePositionDocument, { flowRunId, channel, name });
    if (found.receivePosition !== null) {
      this.#newest = found.receivePosition;
      this.#after = String(found.receivePosition);
    }
    await this.#open();
  }

  async #open(): Promise<void> {
    if (this.#closed) return;
    this.#closeFeed = openFeed(this.inbox, this.#after, {
      next: (message) => this.#add(message),
      failed: (error) => this.#fail(error),
    });
  }

  /**
   * Whether no message came in time. The first time, what is stored is looked for before that counts: a message that is
   * there already is waited for until it comes.
   */
  #timeLimit(timeout: number | null): (() => boolean) & { forget(): void } {
    const { connection } = socketClient();
    const looks = timeout !== null && (timeout === 0 || !this.#looked);
    let isThere: boolean | undefined = looks ? undefined : false;
    let isTimeUp = timeout === 0;
    let forget = () => {};
    if (timeout !== null && timeout > 0) {
      const end = () => {
        isTimeUp = true;
        this.#wake();
      };
      forget = after(timeout, end);
    }
    if (looks) {
      const seen = (found: boolean) => {
        isThere = found;
        this.#looked = true;
        this.#wake();
      };
      this.#isAnyStored().then(seen, (error) => this.#fail(ofRun(error)));
    }
    const isOver = () => isTimeUp && (isThere === false || (isThere === undefined && !connection.connected));
    return Object.assign(isOver, { forget });
  }

  /** Whether there is a message that has not come yet, or has come meanwhile. */
  async #isAnyStored(): Promise<boolean> {
    await this.#opened;
    const ask = socketClient();
    const found = await storedMessages(this.inbox, this.#after, (variables) =>
      ask.request(StoredInputsDocument, variables),
    );
    return found.length > 0 || this.#untaken.length > 0;
  }

  async #poll(): Promise<void> {
    const { connection } = socketClient();
    if (connection.connected) return;
    try {
      const found = await storedMessages(this.inbox, this.#after, (variables) =>
        fetchOnce(connection, StoredInputsDocument, variables),
      );
      for (const message of found) this.#add(message);
    } catch {
      // the socket may be back by the next look
    }
  }

  #add(message: Message): void {
    if (message.seq <= this.#newest) return;
    this.#newest = message.seq;
    this.#after = message.cursor;
    this.#untaken.push(message);
    this.#wake();
    if (this.#untaken.length < mostUntaken) return;
    this.#closeFeed?.();
    this.#closeFeed = null;
  }

  #shift(): Message | undefined {
    const message = this.#untaken.shift();
    const isDrained = this.#untaken.length === 0 && this.#closeFeed === null;
    if (message && isDrained && !this.#closed) void this.#open();
    return message;
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }
}
