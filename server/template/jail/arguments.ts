import { TemplateError } from "./template-error.ts";
import { describe, Keywords, type Named, named } from "./values.ts";

/** Splits what was given to a call into what has a place and what has a name. */
export function splitArguments(given: readonly unknown[]): [unknown[], Named] {
  const last = given.at(-1);
  if (last instanceof Keywords) return [given.slice(0, -1), last.members];
  return [[...given], named()];
}

/** Puts arguments in the order of these parameters; undefined for what was not given. */
export function bind(what: string, parameters: readonly string[], given: readonly unknown[]): unknown[] {
  const [placed, byName] = splitArguments(given);
  if (placed.length > parameters.length)
    throw new TemplateError(
      `${what} takes ${parameters.length === 0 ? "no arguments" : `at most ${parameters.length} arguments`}, not ${placed.length}`,
    );
  const bound: unknown[] = parameters.map((_, at) => placed[at]);
  for (const name of Object.keys(byName)) {
    const at = parameters.indexOf(name);
    if (at < 0)
      throw new TemplateError(
        `${what} has no argument ${name}${parameters.length === 0 ? "" : `; there are ${parameters.join(", ")}`}`,
      );
    if (at < placed.length) throw new TemplateError(`${what} is given ${name} twice`);
    bound[at] = byName[name];
  }
  return bound;
}

/** A whole number, or what stands for one that was left out. */
export function whole(what: string, value: unknown, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new TemplateError(`${what} must be a whole number; it is ${describe(value)}`);
}
