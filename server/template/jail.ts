import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from "quickjs-emscripten-core";

const memory = 16 * 1024 * 1024;
const stack = 128 * 1024;
/** Renders after which an instance is thrown away. */
const mostUses = 1_000;

/** What an instance answered: JSON, or why it cannot be used again. */
export type Told = { readonly json: string } | { readonly broken: string };

/**
 * An instance of QuickJS with the templates' code in it, alone in its module. Nothing goes in or comes out but JSON.
 *
 * To throw it away for another one is to write the memory that it lives in as it was when it was made: there is nothing of it
 * elsewhere, and to make one takes a hundred times as long.
 */
export class Jail {
  readonly #vm: QuickJSContext;
  readonly #memory: WebAssembly.Memory;
  readonly #made: Uint8Array;
  readonly #answer: QuickJSHandle;
  #interrupts = 0;
  #most = Number.POSITIVE_INFINITY;
  #uses = 0;

  /** @param code what the build makes of `jail/`: a function whose result answers requests */
  constructor(module: QuickJSWASMModule, code: string) {
    const runtime = module.newRuntime();
    runtime.setMemoryLimit(memory);
    runtime.setMaxStackSize(stack);
    runtime.setInterruptHandler(() => {
      this.#interrupts += 1;
      return this.#interrupts > this.#most;
    });
    this.#vm = runtime.newContext();
    const loaded = this.#vm.evalCode(code, "jail.js");
    this.#answer = this.#vm.unwrapResult(loaded);
    this.#memory = module.getWasmMemory();
    this.#made = used(this.#memory);
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

  /** Another instance in its place, as it was when it was made. */
  renew(): void {
    this.#uses = 0;
    this.#most = Number.POSITIVE_INFINITY;
    const bytes = new Uint8Array(this.#memory.buffer); // it may have grown
    bytes.set(this.#made);
    bytes.fill(0, this.#made.length);
  }
}

/** What is in a memory, without the zeros behind it. */
function used({ buffer }: WebAssembly.Memory): Uint8Array {
  const words = new Uint32Array(buffer);
  let length = words.length;
  while (length > 0 && words[length - 1] === 0) length -= 1;
  return new Uint8Array(buffer).slice(0, length * 4);
}
