import { socketClient } from "../client/client.ts";
import {
  type ReceivePositionInput,
  ReportInputsDocument,
  type ReportInputsMutationVariables,
} from "../gql/graphql.ts";

/** Rather many together than soon: each report is work for the server while the next messages come. */
const sendAfterMs = 50;

/** A channel of a run's messages: of one type, or of one prefix, which takes every type. */
export interface Channel {
  inputType: string;
  keyPrefix: string | null;
}

/** Sends a report. @returns why it was not taken; null where it was */
async function problemOf(report: ReportInputsMutationVariables): Promise<string | null> {
  try {
    const { reportInputs: answer } = await socketClient().request(ReportInputsDocument, report);
    return "message" in answer ? answer.message : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * What the server is told of a run's inputs, in batches and off the path of `next()`: which ones the code was handed,
 * which ones it refused, and how far its named receivers are.
 */
export class Reports {
  #delivered = new Set<string>();
  #invalid = new Set<string>();
  #positions = new Map<string, ReceivePositionInput>();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  /** By which an exclusive receiver from outside the run claims; null: there is none. */
  consumer: string | null = null;

  constructor(
    readonly flowRunId: string,
    /** Null for a receiver from outside the run, which reports positions and what it claimed only. */
    readonly execution: number | null,
    /** Is told what was not taken: nobody waits for it. */
    private readonly warn: (problem: string) => void,
  ) {}

  delivered(id: string): void {
    if (!this.#counts) return;
    this.#delivered.add(id);
    this.#sendSoon();
  }

  invalid(id: string): void {
    if (!this.#counts) return;
    this.#invalid.add(id);
    this.#sendSoon();
  }

  /** Everything up to `seq` is finished with. */
  position(channel: Channel, name: string, seq: number): void {
    this.#positions.set(`${channel.inputType}\0${channel.keyPrefix ?? ""}\0${name}`, { channel, name, seq });
    this.#sendSoon();
  }

  /** Resolves when the server knows everything so far. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#delivered.size + this.#invalid.size + this.#positions.size > 0) {
      const report = {
        flowRunId: this.flowRunId,
        execution: this.execution,
        consumer: this.consumer,
        delivered: [...this.#delivered],
        invalid: [...this.#invalid],
        positions: [...this.#positions.values()],
      };
      this.#delivered.clear();
      this.#invalid.clear();
      this.#positions.clear();
      this.#sending = this.#sending.then(async () => {
        const problem = await problemOf(report);
        if (problem !== null) this.warn(`what was received was not reported: ${problem}`);
      });
    }
    return this.#sending;
  }

  /** Whether what this receiver is handed changes an input. */
  get #counts(): boolean {
    return this.execution !== null || this.consumer !== null;
  }

  #sendSoon(): void {
    this.#timer ??= setTimeout(() => void this.flush(), sendAfterMs).unref();
  }
}
