import { PassThrough, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../../../sdk/cli/prompt/questions.ts";
import { until } from "../../support/wire.ts";

/** A terminal of 80 columns at which a test sits: it sees what is shown, and presses keys. */
export class Typist {
  readonly #keys = new PassThrough();
  #seen = "";
  #all = "";
  readonly terminal: Terminal;

  constructor() {
    const input = Object.assign(this.#keys, { isTTY: true, setRawMode: () => input });
    const output = new Writable({
      write: (text, _encoding, done) => {
        this.#seen += String(text);
        this.#all += String(text);
        done();
      },
    });
    this.terminal = { input, output: Object.assign(output, { isTTY: true, columns: 80, rows: 24 }) };
  }

  /** What was shown since keys were last pressed, without what steers a terminal. */
  get shown(): string {
    return stripVTControlCharacters(this.#seen);
  }

  /** All that was ever written to the terminal. */
  get written(): string {
    return this.#all;
  }

  /** Waits for a question, and presses these keys, where there are any; what was shown before is then not looked at again. */
  async at(question: string, ...keys: string[]): Promise<void> {
    await until(`it asks ${question}; it shows ${this.shown}`, () => this.shown.includes(question)).catch(
      () => {
        throw new Error(`it does not ask ${JSON.stringify(question)}; it shows:\n${this.shown}`);
      },
    );
    if (keys.length > 0) this.#seen = "";
    for (const key of keys) {
      this.#keys.write(key);
      // Keys that come at once are read as one.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export const enter = "\r";
export const down = "\u001b[B";
export const space = " ";
export const ctrlC = "\u0003";
