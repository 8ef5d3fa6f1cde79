import { isPlainObject } from "../json.ts";
import { itIs } from "./describe-value.ts";
import { suggestion } from "./nearest.ts";
import type { Given, Reading } from "./reading.ts";

/** The fields of an object, asked for by their snake_case names however they are written. */
export class Fields {
  private constructor(
    private readonly reading: Reading,
    readonly path: readonly string[],
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** The object's fields; null, with the problem noted, where it is no object. */
  static of(reading: Reading, given: Given): Fields | null {
    if (isPlainObject(given.value)) return new Fields(reading, given.path, given.value);
    reading.refuse(given.path, `must be an object; ${itIs(given.value)}`);
    return null;
  }

  /** Refuses every key that is neither among `known` nor among `ignored`, naming the nearest of `known`. `whose` is such as "an event trigger". */
  only(whose: string, known: readonly string[], ignored: readonly string[] = []): void {
    const spelled = known.map((name) => this.spelling(name));
    const taken = new Set([...spelled, ...ignored, ...(this.reading.dialect === "code" ? known : [])]);
    for (const key of Object.keys(this.values)) {
      if (taken.has(key) || this.values[key] === undefined) continue;
      this.reading.refuse([...this.path, key], `is no field of ${whose}${suggestion(key, spelled)}`);
    }
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  /** The field of this name with its place; null where it is left out. An explicit null is a value. */
  get(name: string): Given | null {
    const spelled = this.spelling(name);
    const either = this.reading.dialect === "code" && spelled !== name;
    const [key, other] = either && this.own(spelled) === undefined ? [name, spelled] : [spelled, name];
    const value = this.own(key);
    if (value === undefined) return null;
    if (either && this.own(other) !== undefined)
      this.reading.refuse([...this.path, other], `is given a second time, besides ${JSON.stringify(key)}`);
    return { value, path: [...this.path, key] };
  }

  /** Likewise, with the problem noted where it is left out. */
  require(name: string): Given | null {
    const given = this.get(name);
    if (given === null) this.reading.refuse([...this.path, this.spelling(name)], "is required");
    return given;
  }

  /** The names as they are to be written. */
  spellings(names: readonly string[]): string[] {
    return names.map((name) => this.spelling(name));
  }

  private own(key: string): unknown {
    return Object.hasOwn(this.values, key) ? this.values[key] : undefined;
  }

  private spelling(name: string): string {
    return this.reading.dialect === "document" ? name : camelCase(name);
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
