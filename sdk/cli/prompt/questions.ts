import { type Readable, Writable } from "node:stream";
import { Failure } from "../failure.ts";
import { markdownText } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";
import { colours } from "../text/style.ts";

/** Somebody left a question with Ctrl-C or Escape: nothing is done. */
export class Left extends Failure {
  override readonly exitCode = 130;
  constructor() {
    super("left: nothing was sent");
  }
}

/** Whether somebody is there who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** A terminal: where keys come from, and where questions are shown. */
export interface Terminal {
  input: Readable;
  output: Writable & { isTTY?: boolean };
}

interface TextQuestion {
  message: string;
  /** What the line holds at first, to be kept or changed. */
  initial?: string | undefined;
  /** What is shown in an empty line. */
  hint?: string | undefined;
  /** What is wrong with a line; null where it is taken. */
  check?: (text: string) => string | null;
}

/**
 * Questions on a terminal. They go to the standard error, so that the output holds only what was asked for. Every one
 * throws `Left` where it is left.
 */
export class Questions {
  readonly #clack: typeof import("@clack/prompts");
  readonly #terminal: Terminal;

  private constructor(clack: typeof import("@clack/prompts"), terminal: Terminal) {
    this.#clack = clack;
    this.#terminal = terminal;
  }

  /** The library is loaded by those commands alone that ask something. */
  static async open({ input, output }: Terminal = terminal()): Promise<Questions> {
    const shown = colours(output) ? output : withoutColours(output);
    return new Questions(await import("@clack/prompts"), { input, output: shown });
  }

  /** Tells something between the questions. */
  say(text: string): void {
    this.#clack.log.message(shown(text), { output: this.#terminal.output });
  }

  /** Tells what somebody wrote as Markdown. */
  explain(markdown: string): void {
    this.#clack.log.message(markdownText(markdown), { output: this.#terminal.output });
  }

  /** Tells what was wrong with an answer. */
  complain(text: string): void {
    this.#clack.log.error(shown(text), { output: this.#terminal.output });
  }

  async text({ message, initial, hint, check }: TextQuestion): Promise<string> {
    const answer = await this.#clack.text({
      ...this.#terminal,
      message: shown(message),
      ...(initial !== undefined && { initialValue: initial }),
      ...(hint !== undefined && { placeholder: hint }),
      validate: (text = "") => check?.(text) ?? undefined,
    });
    return this.#given(answer) ?? "";
  }

  /** A line that is not shown. */
  async secret(message: string): Promise<string> {
    const answer = await this.#clack.password({ ...this.#terminal, message: shown(message) });
    return this.#given(answer) ?? "";
  }

  async yesOrNo(message: string, initial: boolean): Promise<boolean> {
    return this.#given(
      await this.#clack.confirm({ ...this.#terminal, message: shown(message), initialValue: initial }),
    );
  }

  /** @returns the index of the choice */
  async choice(message: string, labels: readonly string[], initial?: number): Promise<number> {
    const answer = await this.#clack.select({
      ...this.#terminal,
      message: shown(message),
      options: labels.map((label, value) => ({ value, label: plain(label) })),
      ...(initial !== undefined && initial >= 0 && { initialValue: initial }),
    });
    return this.#given(answer);
  }

  /** @returns the indexes of the choices */
  async choices(message: string, labels: readonly string[], initial: readonly number[]): Promise<number[]> {
    const answer = await this.#clack.multiselect({
      ...this.#terminal,
      message: shown(message),
      options: labels.map((label, value) => ({ value, label: plain(label) })),
      initialValues: initial.filter((at) => at >= 0),
      required: false,
    });
    return this.#given(answer);
  }

  #given<T>(answer: T): Exclude<T, symbol> {
    if (this.#clack.isCancel(answer)) throw new Left();
    return answer as Exclude<T, symbol>; // the only symbol is that of leaving
  }
}

function terminal(): Terminal {
  return { input: process.stdin, output: process.stderr };
}

function shown(text: string): string {
  return text.split("\n").map(plain).join("\n");
}

/** The terminal with the colours taken out of what is written to it: on Node 20 the library knows nothing of NO_COLOR. */
function withoutColours(output: Terminal["output"]): Terminal["output"] {
  const quiet = new Writable({
    decodeStrings: false,
    write(text: string | Buffer, _encoding, done) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colours begin with
      output.write(String(text).replace(/\u001b\[[\d;]*m/g, ""), done);
    },
  });
  for (const name of ["isTTY", "columns", "rows"] as const)
    Object.defineProperty(quiet, name, { get: () => Reflect.get(output, name) });
  return quiet;
}
