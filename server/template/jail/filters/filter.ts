import { bind } from "../arguments.ts";
import { charge } from "../limits.ts";
import { plain } from "../operators.ts";
import { textOf } from "../text.ts";

/** A filter, called with what stands before the bar and the arguments behind its name. */
export type Filter = (value: unknown, args: readonly unknown[]) => unknown;

/** A filter of these parameters; undefined for those that are not given. */
export function filter(
  name: string,
  parameters: readonly string[],
  apply: (value: unknown, ...args: unknown[]) => unknown,
): Filter {
  return (value, args) => apply(plain(value), ...bind(`the filter ${name}`, parameters, args));
}

/** The same of a value's text, whose length is counted. */
export function textFilter(
  name: string,
  parameters: readonly string[],
  apply: (text: string, ...args: unknown[]) => unknown,
): Filter {
  return filter(name, parameters, (value, ...args) => {
    const text = textOf(value);
    charge(text.length);
    return apply(text, ...args);
  });
}
