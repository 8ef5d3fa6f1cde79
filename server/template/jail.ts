import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";

const memory = 16 * 1024 * 1024;
const stack = 128 * 1024;
/** Renders after which an instance is thrown away. */
const mostUses = 1_000;

/** What an instance answered: JSON, or why it cannot be used again. */
export type Told = { readonly json: string } | { readonly broken: string };

/** One instance of QuickJS with the templates' code in it. Nothing goes in or comes out but JSON. */
export class Jail {
  readonly #runtime: QuickJSRuntime;
  readonly #vm: QuickJSContext;
  readonly #answer: QuickJSHandle;
  #interrupts = 0;
  #most = Number.POSITIVE_INFINITY;
  #uses = 0;

  /** @param code what the build makes of `jail/`: a function whose result answers requests */
  constructor(module: QuickJSWASMModule, code: string) {
    this.#runtime = module.newRuntime();
    this.#runtime.setMemoryLimit(memory);
    this.#runtime.setMaxStackSize(stack);
    this.#runtime.setInterruptHandler(() => {
      this.#interrupts += 1;
      return this.#interrupts > this.#most;
    });
    this.#vm = this.#runtime.newContext();
    const loaded = this.#vm.evalCode(code, "jail.js");
    this.#answer = this.#vm.unwrapResult(loaded);
  }

  /** Interrupts that the last request took. */
  get interrupts(): number {
    return this.#interrupts;
  }

  get isWorn(): boolean {
    return this.#uses >= mostUses;
  }

  /**
   * @param budget interrupts that it may take: a count of steps, the same on every machine
   * @param renders as how many renders it counts
   */
  ask(request: object, budget: number, renders = 1): Told {
    this.#interrupts = 0;
    this.#most = budget;
    this.#uses += renders;
    const text = this.#vm.newString(JSON.stringify(request));
    const result = this.#vm.callFunction(this.#answer, this.#vm.undefined, text);
    text.dispose();
    if (result.error !== undefined) {
      this.#most = Number.POSITIVE_INFINITY;
      const error = this.#vm.dump(result.error);
      result.error.dispose();
      return { broken: this.#interrupts > budget ? "interrupted" : String(error?.message ?? error) };
    }
    const json = this.#vm.getString(result.value);
    result.value.dispose();
    return { json };
  }

  dispose(): void {
    this.#answer.dispose();
    this.#vm.dispose();
    this.#runtime.dispose();
  }
}
