/**
 * The messages of Postgres' extended query protocol that a statement is sent as, in one buffer: one write, and one system
 * call, for what `pg` sends in four.
 */

import { Sql } from "sql-template-tag";

let buffer = Buffer.allocUnsafe(16 * 1024);
let end = 0;
/** A buffer that one large statement needed is not kept. In bytes. */
const kept = 1024 * 1024;

const describePortal = Buffer.from("D\0\0\0\x06P\0", "latin1");
const execute = Buffer.from("E\0\0\0\x09\0\0\0\0\0", "latin1");
const sync = Buffer.from("S\0\0\0\x04", "latin1");
const executeAndSync = Buffer.concat([execute, sync]);

/** Runs a statement that is prepared and whose columns are known. */
export function bindAndExecute(name: string, values: readonly unknown[]): Buffer {
  end = 0;
  bind(name, values);
  bytes(executeAndSync);
  return taken();
}

/** Prepares a statement where its text is given, and runs it, with its columns told before its rows. */
export function parseBindAndDescribe(name: string, text: string | null, values: readonly unknown[]): Buffer {
  end = 0;
  if (text !== null) parse(name, text);
  bind(name, values);
  bytes(describePortal);
  bytes(executeAndSync);
  return taken();
}

/** A statement among several. */
export interface Part {
  readonly name: string;
  /** Null where the connection has prepared it. */
  readonly text: string | null;
  readonly values: readonly unknown[];
}

/** Runs them one after the other, up to the first that is refused. */
export function executeAll(parts: readonly Part[]): Buffer {
  end = 0;
  for (const { name, text, values } of parts) {
    if (text !== null) parse(name, text);
    bind(name, values);
    bytes(execute);
  }
  bytes(sync);
  return taken();
}

function parse(name: string, text: string): void {
  const start = message("P");
  cString(name);
  cString(text);
  int16(0); // Postgres finds the parameters' types itself
  finish(start);
}

function bind(name: string, values: readonly unknown[]): void {
  const start = message("B");
  cString(""); // the unnamed portal
  cString(name);
  int16(0); // all parameters are text
  int16(values.length);
  for (const value of values) {
    const text = valueText(value);
    if (text === null) int32(-1);
    else lengthAndText(text);
  }
  int16(0); // and so are all columns
  finish(start);
}

/** A value as Postgres reads it from a text; null is NULL. */
function valueText(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString().replace(/^\+0*/, "");
      if (Array.isArray(value)) return arrayText(value);
      if (ArrayBuffer.isView(value))
        return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
      return JSON.stringify(value);
    default:
      throw new Error(`a ${typeof value} is no value of a statement`);
  }
}

function arrayText(items: readonly unknown[]): string {
  return `{${items.map((item) => (Array.isArray(item) ? arrayText(item) : elementText(item))).join(",")}}`;
}

function elementText(item: unknown): string {
  const text = valueText(item);
  if (text === null) return "NULL";
  const plain = !text.includes('"') && !text.includes("\\");
  return `"${plain ? text : text.replace(/[\\"]/g, "\\$&")}"`;
}

/** The same statement with values that need no more work before they are sent. */
export function withTexts({ strings, values }: Sql): Sql {
  return new Sql(strings, values.map(valueText));
}

/** Begins a message; its length is written when it is finished. */
function message(type: string): number {
  room(5);
  buffer[end] = type.charCodeAt(0);
  end += 5;
  return end - 4;
}

function finish(start: number): void {
  buffer.writeInt32BE(end - start, start);
}

function cString(text: string): void {
  room(text.length * 3 + 1);
  end += buffer.write(text, end);
  buffer[end++] = 0;
}

function lengthAndText(text: string): void {
  room(text.length * 3 + 4);
  const length = buffer.write(text, end + 4);
  buffer.writeInt32BE(length, end);
  end += 4 + length;
}

function int16(value: number): void {
  room(2);
  end = buffer.writeUInt16BE(value, end);
}

function int32(value: number): void {
  room(4);
  end = buffer.writeInt32BE(value, end);
}

function bytes(more: Buffer): void {
  room(more.length);
  end += more.copy(buffer, end);
}

function room(length: number): void {
  if (end + length <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + length));
  buffer.copy(larger, 0, 0, end);
  buffer = larger;
}

/** What was written; the socket may hold it for a while. */
function taken(): Buffer {
  const whole = Buffer.from(buffer.subarray(0, end));
  if (buffer.length > kept) buffer = Buffer.allocUnsafe(16 * 1024);
  return whole;
}
