import { Loop, listOf, member, pairsOf, slice } from "./access.ts";
import { bind, splitArguments } from "./arguments.ts";
import { applyFilter } from "./filters.ts";
import { functions } from "./functions.ts";
import { charge, mostOutput, turn } from "./limits.ts";
import { callMethod } from "./methods.ts";
import * as operators from "./operators.ts";
import { Scope } from "./scope.ts";
import { placed, TemplateError } from "./template-error.ts";
import { tests } from "./tests.ts";
import { textOf } from "./text.ts";
import { Callable, describe, isRecord, Keywords, Labels, Namespace, named, Roles } from "./values.ts";

type Later = (scope: Scope) => unknown;
type Part = (scope: Scope) => void;

/** What of a render is not in its scopes. */
export const render = { strict: false, running: new Set<object>() };

function guarded<T>(at: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw placed(error, at);
  }
}

/** In a strict render nothing undefined is used. */
function used(value: unknown): unknown {
  if (value === undefined && render.strict) throw new TemplateError("a value is undefined here");
  return value;
}

/** The functions that the code of templates calls, and the only ones. */
export const runtime = {
  append(output: string, text: string): string {
    if (output.length + text.length > mostOutput())
      throw new TemplateError(`the text it makes is longer than ${mostOutput() / 1024} KiB`);
    return output + text;
  },

  print(output: string, at: number, value: unknown): string {
    return guarded(at, () => runtime.append(output, textOf(used(value))));
  },

  value(at: number, value: unknown): unknown {
    return guarded(at, () => used(value));
  },

  truth(at: number, value: unknown): boolean {
    return guarded(at, () => operators.truth(used(value)));
  },

  or(at: number, left: unknown, right: Later, scope: Scope): unknown {
    return runtime.truth(at, left) ? left : right(scope);
  },

  and(at: number, left: unknown, right: Later, scope: Scope): unknown {
    return runtime.truth(at, left) ? right(scope) : left;
  },

  arithmetic(at: number, operator: string, left: unknown, right: unknown): unknown {
    return guarded(at, () => operators.arithmetic(operator, left, right));
  },

  signed(at: number, operator: "-" | "+", value: unknown): number {
    return guarded(at, () => operators.signed(operator, value));
  },

  joined(at: number, left: unknown, right: unknown): string {
    return guarded(at, () => operators.joined(used(left), used(right)));
  },

  compare(at: number, first: unknown, rest: readonly [string, Later][], scope: Scope): boolean {
    let left = first;
    for (const [operator, operand] of rest) {
      const right = operand(scope);
      if (!guarded(at, () => operators.compare(operator, used(left), used(right)))) return false;
      left = right;
    }
    return true;
  },

  member(at: number, value: unknown, key: unknown): unknown {
    return guarded(at, () => member(used(value), operators.plain(key)));
  },

  slice(at: number, value: unknown, start: unknown, stop: unknown, step: unknown): unknown {
    return guarded(at, () => slice(used(operators.plain(value)), start, stop, step));
  },

  dict(at: number, pairs: readonly [unknown, unknown][]): unknown {
    return guarded(at, () => {
      const members = named();
      for (const [key, value] of pairs) {
        if (typeof key !== "string" && typeof key !== "number")
          throw new TemplateError(`a key is a text, not ${describe(key)}`);
        members[key] = value;
      }
      return members;
    });
  },

  keywords(pairs: readonly [string, unknown][]): Keywords {
    const members = named();
    for (const [name, value] of pairs) members[name] = value;
    return new Keywords(members);
  },

  test(at: number, name: string, value: unknown, args: unknown[]): boolean {
    return guarded(at, () => {
      const test = tests[name];
      if (test === undefined) throw new TemplateError(`there is no test ${JSON.stringify(name)}`);
      return test(operators.plain(value), args);
    });
  },

  filter(at: number, name: string, value: unknown, args: unknown[]): unknown {
    return guarded(at, () => {
      if (name !== "default" && name !== "d") used(value);
      return applyFilter(name, value, args);
    });
  },

  callMember(at: number, target: unknown, key: unknown, args: unknown[]): unknown {
    return guarded(at, () => {
      const own = member(target, key);
      if (own instanceof Callable) return own.call(...splitArguments(args));
      return callMethod(target, key, args);
    });
  },

  callNamed(at: number, scope: Scope, name: string, args: unknown[]): unknown {
    return guarded(at, () => {
      const value = scope.get(name);
      if (value === undefined && Object.hasOwn(functions, name)) return functions[name]?.(args);
      return called(value, name, args);
    });
  },

  callValue(at: number, value: unknown, args: unknown[]): unknown {
    return guarded(at, () => called(value, "this", args));
  },

  set(at: number, scope: Scope, names: readonly string[], value: unknown): void {
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) scope.set(only, value);
    else guarded(at, () => spread(scope, names, value));
  },

  setMember(at: number, target: unknown, name: string, value: unknown): void {
    guarded(at, () => {
      if (!(target instanceof Namespace))
        throw new TemplateError(`only what namespace() made can be changed, not ${describe(target)}`);
      target.members[name] = value;
    });
  },

  loop(
    at: number,
    scope: Scope,
    over: unknown,
    names: string | readonly string[],
    condition: Later | null,
    body: Part,
    otherwise: Part | null,
  ): void {
    guarded(at, () => {
      const items = loopItems(used(over), names);
      const kept = condition === null ? items : items.filter((item) => holds(scope, names, item, condition));
      const state = { items: kept, at: 0, changed: undefined };
      const loop = new Loop(state);
      for (; state.at < kept.length; state.at += 1) {
        turn();
        const inner = new Scope(scope);
        bindItem(inner, names, kept[state.at]);
        inner.set("loop", loop);
        body(inner);
      }
      if (kept.length === 0 && otherwise !== null) otherwise(new Scope(scope));
    });
  },

  within(scope: Scope, bindings: readonly [string, unknown][], body: Part): void {
    const inner = new Scope(scope);
    for (const [name, value] of bindings) inner.set(name, value);
    body(inner);
  },

  macro(
    scope: Scope,
    name: string,
    parameters: readonly [string, Later | null][],
    body: (scope: Scope) => string,
  ): Callable {
    const names = parameters.map(([parameter]) => parameter);
    const macro: Callable = new Callable((args, byName) => {
      if (render.running.has(macro)) throw new TemplateError(`the macro ${name} calls itself`);
      const inner = new Scope(scope);
      inner.set("varargs", args.slice(names.length));
      const caller = byName.caller;
      inner.set("caller", caller);
      const rest = new Keywords(Object.assign(named(), byName));
      if (!names.includes("caller")) delete rest.members.caller;
      const given = bind(`the macro ${name}`, names, [...args.slice(0, names.length), rest]);
      parameters.forEach(([parameter, fallback], index) => {
        const value = given[index];
        inner.set(parameter, value === undefined && fallback !== null ? fallback(inner) : value);
      });
      render.running.add(macro);
      const text = body(inner);
      render.running.delete(macro);
      return text;
    });
    return macro;
  },
};

function called(value: unknown, name: string, args: unknown[]): unknown {
  if (value instanceof Callable) return value.call(...splitArguments(args));
  throw new TemplateError(
    value === undefined ? `${name} is undefined and cannot be called` : `${describe(value)} cannot be called`,
  );
}

function loopItems(over: unknown, names: string | readonly string[]): readonly unknown[] {
  if (over === null) throw new TemplateError("null is nothing to go through");
  if (
    typeof names !== "string" &&
    names.length === 2 &&
    (isRecord(over) || over instanceof Labels || over instanceof Roles)
  )
    return pairsOf(over);
  const items = listOf(over);
  charge(items.length);
  return items;
}

function holds(scope: Scope, names: string | readonly string[], item: unknown, condition: Later): boolean {
  turn();
  const inner = new Scope(scope);
  bindItem(inner, names, item);
  return operators.truth(used(condition(inner)));
}

function bindItem(scope: Scope, names: string | readonly string[], item: unknown): void {
  if (typeof names === "string") scope.set(names, item);
  else spread(scope, names, item);
}

function spread(scope: Scope, names: readonly string[], value: unknown): void {
  if (!Array.isArray(value) || value.length !== names.length)
    throw new TemplateError(
      `${names.length} values are needed for ${names.join(", ")}; there is ${Array.isArray(value) ? value.length : describe(value)}`,
    );
  for (const [at, name] of names.entries()) scope.set(name, value[at]);
}
