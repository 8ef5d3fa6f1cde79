import { digest } from "./digest.ts";
import { InputTypeConflict } from "./errors.ts";

/** The names of the input types that one process uses, each with its one shape. */
export class InputTypeRegistry {
  readonly #shapes = new Map(
    ["string", "number", "boolean", "null"].map((type) => [type, shapeKey(digest({ type }))]),
  );

  /** To be called at each use of a type. Throws `InputTypeConflict` where its name is that of a type of another shape. */
  use(type: { inputType: string; shape: string }): void {
    const known = this.#shapes.get(type.inputType);
    if (known === undefined) this.#shapes.set(type.inputType, shapeKey(type.shape));
    else if (known !== shapeKey(type.shape)) throw new InputTypeConflict(type.inputType);
  }
}

function shapeKey(shape: string): string {
  return shape.slice(0, 32);
}
