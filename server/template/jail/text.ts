import { charge, fits, limits } from "./limits.ts";
import { isoText } from "./moment-text.ts";
import { isRecord, Labels, Moment, Namespace, Roles } from "./values.ts";

/** A value as a template prints it: texts as they are, everything else as JSON; nothing for what is undefined. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  if (value === null || typeof value !== "object") return json(value, "");
  if (value instanceof Moment) return isoText(value);
  if (value instanceof Labels && value.prefix !== "") return value.own() ?? "";
  return isData(value) ? json(value, "") : "";
}

function isData(value: object): boolean {
  const ofOurs = value instanceof Labels || value instanceof Namespace || value instanceof Roles;
  return ofOurs || Array.isArray(value) || isRecord(value);
}

/** A value as JSON: compact, or indented by this text. */
export function json(value: unknown, indent: string): string {
  const writer = new Writer(indent);
  writer.write(value, "\n");
  return writer.text();
}

/** Counts while it writes: lists that hold each other can be far longer as text than they are. */
class Writer {
  #parts: string[] = [];
  #length = 0;

  constructor(readonly indent: string) {}

  text(): string {
    charge(this.#length);
    return this.#parts.join("");
  }

  #put(text: string): void {
    this.#length += text.length;
    if (this.#length > limits.text) fits(this.#length);
    this.#parts.push(text);
  }

  /** @param line the line break before a member of what stands at this depth */
  write(value: unknown, line: string): void {
    if (Array.isArray(value)) this.#list(value, line);
    else if (value instanceof Labels && value.own() === undefined) this.#record(value.pairs(), line);
    else if (value instanceof Namespace) this.#record(Object.entries(value.members), line);
    else if (value instanceof Roles)
      this.#record(
        value.names().map((role) => [role, value.step(role)]),
        line,
      );
    else if (isRecord(value)) this.#record(Object.entries(value), line);
    else this.#put(scalar(value));
  }

  #list(items: readonly unknown[], line: string): void {
    const inner = this.#opened("[", line);
    items.forEach((item, at) => {
      this.#put(`${at > 0 ? "," : ""}${inner}`);
      this.write(item, inner);
    });
    this.#put(items.length > 0 && inner !== "" ? `${line}]` : "]");
  }

  #record(members: readonly (readonly [string, unknown])[], line: string): void {
    const inner = this.#opened("{", line);
    members.forEach(([key, value], at) => {
      this.#put(`${at > 0 ? "," : ""}${inner}${JSON.stringify(key)}:${inner === "" ? "" : " "}`);
      this.write(value, inner);
    });
    this.#put(members.length > 0 && inner !== "" ? `${line}}` : "}");
  }

  /** @returns the line break before each member; nothing where the text is compact */
  #opened(bracket: string, line: string): string {
    this.#put(bracket);
    return this.indent === "" ? "" : `${line}${this.indent}`;
  }
}

function scalar(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (value instanceof Moment) return JSON.stringify(isoText(value));
  return value instanceof Labels ? JSON.stringify(value.own()) : "null";
}
