import { randomUUID } from "node:crypto";
import { socketClient } from "../client/client.ts";
import { hold } from "../client/hold.ts";
import { ClaimInputsDocument, ReleaseInputsDocument, RenewInputClaimsDocument } from "../gql/graphql.ts";
import { after } from "../timer/after.ts";
import { openFeed } from "./feed.ts";
import type { Inbox } from "./inbox.ts";
import type { Message } from "./message.ts";
import { ofRun } from "./of-run.ts";
import type { Finishing, MessageSource } from "./source.ts";

const renewEveryMs = 10_000;
/** What another receiver lost comes back without a bell, after its claim's 30 s. */
const lookEveryMs = 5_000;

/** Messages that go to one receiver each: claimed one by one, and gone once they are finished with. */
export class ExclusiveSource implements MessageSource {
  /** Names this receiver among those of the channel. */
  readonly #consumer = randomUUID();
  readonly #closeFeed: () => void;
  #wake: () => void = () => undefined;
  /** Something may have come since the last claim. */
  #rung = true;
  #failure: Error | null = null;
  #closed = false;
  #renewing: NodeJS.Timeout | undefined;

  constructor(
    private readonly inbox: Inbox,
    /** Of messages that are left to other receivers. */
    private readonly excludeKeys: ReadonlySet<string>,
  ) {
    // Those of the run's own code are shared by its receivers, and need no name.
    if (inbox.own === null) inbox.reports.consumer = this.#consumer;
    this.#closeFeed = openFeed(inbox, null, {
      next: () => this.#ring(),
      failed: (error) => {
        this.#failure = error;
        this.#wake();
      },
    });
  }

  async take(timeout: number | null): Promise<Message | null> {
    const release = hold();
    const looking = setInterval(() => this.#ring(), lookEveryMs);
    let isLate = timeout === 0;
    const limit = () => {
      isLate = true;
      this.#wake();
    };
    const forget = timeout === null || timeout === 0 ? undefined : after(timeout, limit);
    this.#rung = true;
    try {
      for (;;) {
        if (this.#failure) throw this.#failure;
        if (this.#closed) return null;
        if (this.#rung) {
          const message = await this.#claim();
          if (message) return message;
          continue;
        }
        if (isLate) return null;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      forget?.();
      clearInterval(looking);
      release();
    }
  }

  finished(message: Message): void {
    clearInterval(this.#renewing);
    this.inbox.reports.delivered(message.id);
  }

  finishing(): Finishing {
    return { consumer: this.#consumer, positions: [] };
  }

  flush(): Promise<void> {
    return this.inbox.reports.flush();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#renewing);
    this.#closeFeed();
    this.#wake();
    await this.flush();
    await socketClient().request(ReleaseInputsDocument, { consumer: this.#consumer });
  }

  async #claim(): Promise<Message | null> {
    this.#rung = false;
    const { flowRunId, channel, own } = this.inbox;
    const asked = socketClient().request(ClaimInputsDocument, {
      flowRunId,
      execution: own?.execution.number ?? null,
      channel,
      consumer: this.#consumer,
      limit: 1,
      excludeKeys: this.excludeKeys.size > 0 ? [...this.excludeKeys] : null,
    });
    const { claimInputs } = await asked.catch((error) => {
      throw ofRun(error);
    });
    const message = claimInputs[0] ?? null;
    if (message) this.#keepClaim();
    return message;
  }

  #keepClaim(): void {
    clearInterval(this.#renewing);
    const renew = () => {
      const asked = socketClient().request(RenewInputClaimsDocument, { consumer: this.#consumer });
      asked.catch(() => undefined); // a claim that ran out means that the message comes again
    };
    this.#renewing = setInterval(renew, renewEveryMs).unref();
  }

  #ring(): void {
    this.#rung = true;
    this.#wake();
  }
}
