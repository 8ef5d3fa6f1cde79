import type { InputType } from "../../core/run-input/contract.ts";
import { describeInputType, type InputDescription } from "../../core/run-input/input-type.ts";
import { InputTypeRegistry } from "../../core/run-input/name-registry.ts";

const registry = new InputTypeRegistry();
const known = new WeakMap<object, InputDescription>();

/**
 * What the server is told of a type. Throws UnrepresentableInputType, and InputTypeConflict where another type of this
 * process has its name.
 */
export function describe(type: InputType): InputDescription {
  const found = known.get(type);
  if (found) return found;
  const description = describeInputType(type);
  registry.use(description);
  known.set(type, description);
  return description;
}
