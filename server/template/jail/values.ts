/** A function of a template's: a macro, or what `{% call %}` hands over. No look-up reaches into it. */
export class Callable {
  #call: (args: readonly unknown[], named: Named) => unknown;

  constructor(call: (args: readonly unknown[], named: Named) => unknown) {
    this.#call = call;
  }

  call(args: readonly unknown[], named: Named): unknown {
    return this.#call(args, named);
  }
}

/** Values by names, without a prototype: what is read of it is its own. */
export type Named = Record<string, unknown>;

/** An empty one. */
export function named(): Named {
  return Object.create(null) as Named; // has nothing of another type
}

/** Labels of a resource, or those under one dotted beginning of their names. */
export class Labels {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly prefix: string;

  constructor(names: readonly string[], values: Readonly<Record<string, string>>, prefix = "") {
    this.names = names;
    this.values = values;
    this.prefix = prefix;
  }

  /** What it prints where it is a label itself. */
  own(): string | undefined {
    return this.prefix === "" ? undefined : this.values[this.prefix];
  }

  /** Label and value, in stored order. */
  pairs(): [string, string][] {
    const inside = this.prefix === "" ? this.names : this.names.filter((name) => this.#isUnder(name));
    return inside.map((name) => [name, this.values[name] as string]); // there for each of the names
  }

  has(label: string): boolean {
    return (this.prefix === "" ? label : `${this.prefix}.${label}`) in this.values;
  }

  step(key: string): unknown {
    if (this.prefix === "") {
      const short = shortcuts[key];
      if (short !== undefined && short in this.values) return this.values[short];
      if (key.includes(".") && key in this.values) return this.values[key];
      if (key === "labels" && !this.#reaches("labels")) return this;
    }
    const name = this.prefix === "" ? key : `${this.prefix}.${key}`;
    if (!this.#reaches(name)) return undefined;
    const walked = new Labels(this.names, this.values, name);
    return this.names.some((one) => walked.#isUnder(one)) ? walked : this.values[name];
  }

  #reaches(name: string): boolean {
    return name in this.values || this.names.some((one) => one.startsWith(`${name}.`));
  }

  #isUnder(name: string): boolean {
    return name.startsWith(`${this.prefix}.`);
  }
}

const shortcuts: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  id: "prefect.resource.id",
  name: "prefect.resource.name",
  role: "prefect.resource.role",
});

/** A point in time with the offset it is shown in, or a day. */
export class Moment {
  readonly time: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly zone: string;
  readonly isDay: boolean;

  constructor(time: number, offset = 0, zone = "UTC", isDay = false) {
    this.time = time;
    this.offset = offset;
    this.zone = zone;
    this.isDay = isDay;
  }
}

/** What `namespace()` makes: the one thing that a template can change. */
export class Namespace {
  readonly members: Named;

  constructor(members: Named) {
    this.members = members;
  }
}

/** What `cycler()` makes. */
export class Cycler {
  readonly items: readonly unknown[];
  position = 0;

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** Related resources of an event by their roles: `resource_in_role` and `resources_in_role`. */
export class Roles {
  readonly related: readonly unknown[];
  readonly many: boolean;

  constructor(related: readonly unknown[], many: boolean) {
    this.related = related;
    this.many = many;
  }

  /** The roles there are, each once, in the order of the resources. */
  names(): string[] {
    const roles = this.related.map((one) => (one instanceof Labels ? one.step("role") : undefined));
    return [...new Set(roles.filter((role) => typeof role === "string"))];
  }

  /** All of a role, none or more; or the first, undefined where there is none. */
  step(role: string): unknown {
    const found = this.related.filter((one) => one instanceof Labels && one.step("role") === role);
    return this.many ? found : found[0];
  }
}

/** The keyword arguments of a call. */
export class Keywords {
  readonly members: Named;

  constructor(members: Named) {
    this.members = members;
  }
}

const kinds = new WeakMap<object, string>();

/** Notes of what kind an object with a page in the console is. */
export function mark(thing: object, kind: string): void {
  kinds.set(thing, kind);
}

/** The kind of such an object; undefined for everything else. */
export function kindOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? kinds.get(value) : undefined;
}

/** Whether it is an object of data: one with keys. */
export function isRecord(value: unknown): value is Readonly<Named> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}

/** What messages call it. */
export function describe(value: unknown): string {
  if (value === undefined) return "an undefined value";
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  if (typeof value === "boolean" || typeof value === "number") return `a ${typeof value}`;
  if (Array.isArray(value)) return "a list";
  if (value instanceof Labels) return "labels";
  if (value instanceof Moment) return "a date";
  if (value instanceof Callable) return "a macro";
  return "an object";
}
