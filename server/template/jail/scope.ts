import { type Named, named } from "./values.ts";

/** Names and their values, within the scope around it. What is set in one does not leak out of it. */
export class Scope {
  readonly #names: Named = named();
  readonly #parent: Scope | Readonly<Named>;

  /** @param parent the scope around it, or the context of the render */
  constructor(parent: Scope | Readonly<Named>) {
    this.#parent = parent;
  }

  get(name: string): unknown {
    if (name in this.#names) return this.#names[name];
    return this.#parent instanceof Scope ? this.#parent.get(name) : this.#parent[name];
  }

  set(name: string, value: unknown): void {
    this.#names[name] = value;
  }
}
