import { UnsuitableInputType } from "./errors.ts";
import { isRunInputClass, runInputClassOf } from "./run-input-brand.ts";

/** What the languages of others, and TypeScript's own types, would write for a Zod schema. */
const meant = new Map<unknown, string>([
  [String, "z.string()"],
  [Number, "z.number()"],
  [Boolean, "z.boolean()"],
  [Array, "z.array(…)"],
  [Object, "z.object({ … })"],
  [Date, "z.iso.datetime()"],
]);

/** Throws UnsuitableInputType for what is neither a Zod schema nor a `RunInput` class, as code without types may give it. */
export function checkIsInputType(given: unknown): void {
  if (isRunInputClass(given) || isZod(given)) return;
  throw new UnsuitableInputType(
    `an input type is a schema of Zod 4, such as z.string(), or a class made by RunInput(…), not ${shown(given)}`,
  );
}

function isZod(given: unknown): boolean {
  return isObject(given) && "_zod" in given && isObject(given._zod) && "def" in given._zod;
}

function isObject(given: unknown): given is object {
  return typeof given === "object" && given !== null;
}

function shown(given: unknown): string {
  const instanceOf = runInputClassOf(given);
  if (instanceOf) return `an instance of ${nameOf(instanceOf)}: give the class itself`;
  if (typeof given === "function") {
    const schema = meant.get(given);
    return `the function ${nameOf(given)}${schema ? `: write ${schema}` : ""}`;
  }
  if (isObject(given) && "_def" in given)
    return "one of Zod 3: update zod, or import from a package that is Zod 4";
  if (isObject(given)) return Array.isArray(given) ? "a list" : "a plain object: write z.object({ … })";
  return typeof given === "string" ? `the text ${JSON.stringify(given)}` : String(given);
}

function nameOf(given: object): string {
  return "name" in given && typeof given.name === "string" && given.name !== ""
    ? given.name
    : "without a name";
}
