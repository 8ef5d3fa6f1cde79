import { pairsOf } from "./access.ts";
import { bind, splitArguments, whole } from "./arguments.ts";
import { limits } from "./limits.ts";
import { TemplateError } from "./template-error.ts";
import { Callable, Cycler, Namespace, named } from "./values.ts";

type TemplateFunction = (args: readonly unknown[]) => unknown;

/** The functions that templates can call by name. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  range(args) {
    const [first, second, third] = bind("range", ["start", "stop", "step"], args);
    const start = second === undefined ? 0 : whole("the start of range", first);
    const stop = whole("the end of range", second === undefined ? first : second);
    const step = whole("the step of range", third, 1);
    if (step === 0) throw new TemplateError("the step of range cannot be 0");
    const count = Math.max(0, Math.ceil((stop - start) / step));
    if (count > limits.range)
      throw new TemplateError(`range makes at most ${limits.range} numbers; these would be ${count}`);
    return Array.from({ length: count }, (_, at) => start + at * step);
  },
  dict(args) {
    const [placed, byName] = splitArguments(args);
    const made = named();
    for (const [key, value] of placed.flatMap((one) => pairsOf(one))) made[key] = value;
    return Object.assign(made, byName);
  },
  namespace(args) {
    const [placed, byName] = splitArguments(args);
    const made = named();
    for (const [key, value] of placed.flatMap((one) => pairsOf(one))) made[key] = value;
    return new Namespace(Object.assign(made, byName));
  },
  cycler(args) {
    if (args.length === 0) throw new TemplateError("cycler needs something to go through");
    return new Cycler(args);
  },
  joiner(args) {
    const [separator = ", "] = bind("joiner", ["sep"], args);
    let begun = false;
    return new Callable(() => {
      const text = begun ? separator : "";
      begun = true;
      return text;
    });
  },
};
