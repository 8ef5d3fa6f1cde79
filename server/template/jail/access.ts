import { charge } from "./limits.ts";
import { site } from "./site.ts";
import { TemplateError } from "./template-error.ts";
import { Cycler, describe, isRecord, kindOf, Labels, type Named, Namespace, Roles } from "./values.ts";

/** What a loop tells of itself. */
export interface LoopState {
  readonly items: readonly unknown[];
  at: number;
  changed: readonly unknown[] | undefined;
}

export class Loop {
  readonly state: LoopState;

  constructor(state: LoopState) {
    this.state = state;
  }
}

/** A member of a value, by name or index: only what is data of its own. Undefined for everything else. */
export function member(value: unknown, key: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return typeof key === "number" ? [...value].at(index(key)) : undefined;
  if (Array.isArray(value)) {
    if (typeof key === "number") return value.at(index(key));
    if (kindOf(value) === "group" && (key === "grouper" || key === "list"))
      return value[key === "list" ? 1 : 0];
    return typeof key === "string" && /^\d{1,9}$/.test(key) ? value.at(Number(key)) : undefined;
  }
  const name = typeof key === "number" ? String(key) : key;
  if (typeof name !== "string") return undefined;
  if (value instanceof Labels) return value.step(name);
  if (value instanceof Namespace) return value.members[name];
  if (value instanceof Loop) return loopMember(value.state, name);
  if (value instanceof Cycler)
    return name === "current" ? value.items[value.position % value.items.length] : undefined;
  if (value instanceof Roles) return value.step(name);
  if (!isRecord(value)) return undefined;
  if (kindOf(value) === "headers") return value[name.toLowerCase()];
  return !(name in value) && kindOf(value) === "event" ? eventMember(value, name) : value[name];
}

/** What an event tells besides its own fields; none of it is in its JSON. */
function eventMember(event: Readonly<Named>, name: string): unknown {
  const related = Array.isArray(event.related) ? event.related : [];
  if (name === "resource_in_role") return new Roles(related, false);
  if (name === "resources_in_role") return new Roles(related, true);
  return name === "url" ? `${site.url}/events/${String(event.id)}` : undefined;
}

function index(key: number): number {
  return Number.isInteger(key) ? key : Number.MAX_SAFE_INTEGER;
}

function loopMember({ items, at }: LoopState, name: string): unknown {
  switch (name) {
    case "index":
      return at + 1;
    case "index0":
      return at;
    case "revindex":
      return items.length - at;
    case "revindex0":
      return items.length - at - 1;
    case "first":
      return at === 0;
    case "last":
      return at === items.length - 1;
    case "length":
      return items.length;
    case "previtem":
      return at === 0 ? undefined : items[at - 1];
    case "nextitem":
      return items[at + 1];
    case "depth":
      return 1;
    case "depth0":
      return 0;
    default:
      return undefined;
  }
}

/** A member by a dotted path, as filters take it in `attribute=`. */
export function memberAt(value: unknown, path: unknown): unknown {
  if (typeof path === "number") return member(value, path);
  if (typeof path !== "string")
    throw new TemplateError(`an attribute is named by a text, not by ${describe(path)}`);
  if (value instanceof Labels) return member(value, path);
  return path.split(".").reduce<unknown>((from, step) => member(from, step), value);
}

/** What a loop or a filter goes through: members of a list, characters, keys of an object, pairs of labels. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === "string") {
    charge(value.length);
    return [...value];
  }
  if (value instanceof Labels) return value.pairs();
  if (value instanceof Roles) return value.names();
  if (isRecord(value)) return Object.keys(value);
  throw new TemplateError(`${describe(value)} is nothing to go through`);
}

/** Keys with their values. */
export function pairsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  if (value instanceof Labels) return value.pairs();
  if (value instanceof Namespace) return Object.entries(value.members);
  if (value instanceof Roles) return value.names().map((role) => [role, value.step(role)]);
  if (isRecord(value)) return Object.entries(value);
  throw new TemplateError(`${describe(value)} has no keys`);
}

/** Members from `start` to before `stop`, by steps, counted as in Python. */
export function slice(value: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const items = typeof value === "string" ? [...value] : listOf(value);
  const by = step === null ? 1 : bound(step);
  if (by === 0) throw new TemplateError("the step of a slice cannot be 0");
  const length = items.length;
  const clamp = (given: unknown, otherwise: number, least: number, most: number) => {
    if (given === null) return otherwise;
    const at = bound(given);
    return Math.min(Math.max(at < 0 ? at + length : at, least), most);
  };
  const from = by > 0 ? clamp(start, 0, 0, length) : clamp(start, length - 1, -1, length - 1);
  const to = by > 0 ? clamp(stop, length, 0, length) : clamp(stop, -1, -1, length - 1);
  const taken: unknown[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) taken.push(items[at]);
  charge(taken.length);
  return typeof value === "string" ? taken.join("") : taken;
}

function bound(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new TemplateError(`a slice is given by whole numbers, not by ${describe(value)}`);
}
