import { type Check, compileCheck } from "./check-value.ts";
import type { JsonSchema } from "./schema.ts";

/** Compiled checks by the text of their schema; the one used longest ago goes when there are more than the limit. */
export class CheckCache {
  readonly #checks = new Map<string, Check>();
  constructor(private readonly limit = 500) {}

  /** The check of a schema. Throws `UnusableSchema` like `compileCheck`. */
  get(schema: JsonSchema): Check {
    const text = JSON.stringify(schema);
    const known = this.#checks.get(text);
    // A map keeps the order of insertion, so the first is the one used longest ago.
    this.#checks.delete(text);
    const check = known ?? compileCheck(schema);
    this.#checks.set(text, check);
    if (this.#checks.size > this.limit) {
      for (const oldest of this.#checks.keys()) {
        this.#checks.delete(oldest);
        break;
      }
    }
    return check;
  }
}
