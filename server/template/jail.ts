import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from "quickjs-emscripten-core";

const memory = 16 * 1024 * 1024;
const stack = 128 * 1024;
/**
 * Pages of 64 KiB that a module begins with, the engine and the code in them, and how many it has at most. The engine's own limit
 * counts blocks rather than what is in them; beyond this, there is no memory.
 */
const pages = { initial: 256, maximum: 512 };
/** Bytes that have to be free before a job, for what it brings along. */
const room = 8 * 1024 * 1024;
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
  readonly #blocks: Blocks;
  readonly #vm: QuickJSContext;
  readonly #memory: WebAssembly.Memory;
  /** What was in it, by parts; null where that was nothing but zeros. */
  readonly #made: readonly (Uint8Array | null)[];
  readonly #answer: QuickJSHandle;
  #interrupts = 0;
  #most = Number.POSITIVE_INFINITY;
  #uses = 0;

  /** @param code what the build makes of `jail/`: a function whose result answers requests */
  static async open(code: string): Promise<Jail> {
    const wasmMemory = new WebAssembly.Memory(pages);
    return new Jail(
      await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory })),
      wasmMemory,
      code,
    );
  }

  private constructor(module: QuickJSWASMModule, wasmMemory: WebAssembly.Memory, code: string) {
    this.#blocks = (module as unknown as { module: Blocks }).module; // Emscripten's, which has these two always
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
    this.#memory = wasmMemory;
    this.#made = inParts(this.bytes).map((part) => (Buffer.compare(part, zeros) === 0 ? null : part.slice()));
  }

  /** Interrupts that the last request took. */
  get interrupts(): number {
    return this.#interrupts;
  }

  /** Whether it is to be renewed before it is asked for anything else. */
  get isWorn(): boolean {
    return this.#uses >= mostUses || !this.#hasRoom(room);
  }

  /** All that it lives in, as it is now. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  /**
   * @param budget interrupts that it may take: a count of steps, the same on every machine
   * @param renders as how many renders it counts
   */
  ask(request: object, budget: number, renders = 1): Told {
    this.#interrupts = 0;
    this.#most = budget;
    this.#uses += renders;
    const json = JSON.stringify(request);
    // What is written where there is no room would be written over the engine.
    if (!this.#hasRoom(2 * Buffer.byteLength(json) + 64 * 1024)) return { broken: "out of memory" };
    const text = this.#vm.newString(json);
    const result = this.#vm.callFunction(this.#answer, this.#vm.undefined, text);
    text.dispose();
    if (result.error !== undefined) {
      this.#most = Number.POSITIVE_INFINITY;
      const error = this.#vm.dump(result.error);
      result.error.dispose();
      if (this.#interrupts > budget) return { broken: "interrupted" };
      return { broken: error === null ? "out of memory" : String(error?.message ?? error) };
    }
    const answer = this.#vm.getString(result.value);
    result.value.dispose();
    return { json: answer };
  }

  #hasRoom(bytes: number): boolean {
    const block = this.#blocks._malloc(bytes);
    if (block === 0) return false;
    this.#blocks._free(block);
    return true;
  }

  /** Another instance in its place, as it was when it was made. */
  renew(): void {
    this.#uses = 0;
    this.#most = Number.POSITIVE_INFINITY;
    const now = inParts(this.bytes);
    // What nobody has written to is not written either: it takes no memory of the machine.
    for (const [at, part] of now.entries()) {
      const made = this.#made[at] ?? zeros;
      if (Buffer.compare(part, made) !== 0) part.set(made);
    }
  }
}

interface Blocks {
  /** 0 where there is no room. */
  _malloc(bytes: number): number;
  _free(block: number): void;
}

const zeros = new Uint8Array(64 * 1024);

function inParts(bytes: Uint8Array): Uint8Array[] {
  const { length } = zeros;
  return Array.from({ length: bytes.length / length }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}
