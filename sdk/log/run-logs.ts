import { socketClient } from "../client/client.ts";
import { CreateLogsDocument } from "../gql/graphql.ts";
import { printLine } from "./terminal.ts";

/** 10 debug, 20 info, 30 warn, 40 error. */
export type LogLevel = 10 | 20 | 30 | 40;

interface Line {
  level: LogLevel;
  message: string;
  loggerName: string;
  timestamp: string;
}

const sendAfterMs = 100;
const linesAtOnce = 200;
const longestMessage = 100_000;
/** Characters of the lines that are sent at once; a message to the server has its limit. */
const charactersAtOnce = 300_000;

/** The lines of one run: to the terminal at once, to the server in batches, in order. */
export class RunLogs {
  #lines: Line[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    readonly flowRunId: string,
    readonly runName: string,
  ) {}

  add(level: LogLevel, loggerName: string, message: string): void {
    const now = new Date();
    printLine(now, level, this.runName, message);
    this.#lines.push({ level, loggerName, message: storable(message), timestamp: now.toISOString() });
    if (this.#lines.length >= linesAtOnce) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), sendAfterMs).unref();
  }

  /** Resolves when every line so far is stored. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0) this.#sending = this.#sending.then(() => this.#send(lines));
    return this.#sending;
  }

  async #send(lines: Line[]): Promise<void> {
    try {
      for (const some of portions(lines)) {
        await socketClient().request(CreateLogsDocument, { flowRunId: this.flowRunId, lines: some });
      }
    } catch (error) {
      console.error(`antiphon: ${lines.length} log lines of run ${this.runName} were not stored:`, error);
    }
  }
}

/** The lines in their order, so many at a time as one message takes. */
function* portions(lines: readonly Line[]): Generator<Line[]> {
  let some: Line[] = [];
  let characters = 0;
  for (const line of lines) {
    characters += line.message.length;
    if (some.length === linesAtOnce || (some.length > 0 && characters > charactersAtOnce)) {
      yield some;
      some = [];
      characters = line.message.length;
    }
    some.push(line);
  }
  if (some.length > 0) yield some;
}

/** Text as a database takes it: no NUL, no half of a surrogate pair, of bounded length. */
function storable(message: string): string {
  const text = message.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
