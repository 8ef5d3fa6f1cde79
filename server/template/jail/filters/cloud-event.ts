import { charge } from "../limits.ts";
import { TemplateError } from "../template-error.ts";
import { isRecord, type Named, named } from "../values.ts";

const attributes = ["specversion", "type", "source", "id"];

/** CloudEvents as events of ours (actions.md 6.3): one by its headers or as a whole, or a batch of them. */
export function fromCloudEvent(body: unknown, headers: unknown): unknown {
  if (isRecord(headers) && "ce-specversion" in headers) {
    const given = named();
    for (const [name, value] of Object.entries(headers))
      if (name.startsWith("ce-")) given[name.slice(3)] = percentDecoded(String(value));
    return eventOf(given, body ?? null);
  }
  if (Array.isArray(body)) return body.map((one) => whole(one));
  return whole(body);
}

function whole(given: unknown): Named {
  if (!isRecord(given))
    throw new TemplateError(
      "the CloudEvent has no specversion: neither is it in a header, nor is the body an object",
    );
  const { data, data_base64: encoded } = given;
  return eventOf(given, data ?? (typeof encoded === "string" ? decoded(encoded) : null));
}

function eventOf(given: Readonly<Named>, data: unknown): Named {
  for (const name of attributes)
    if (typeof given[name] !== "string" || given[name] === "")
      throw new TemplateError(`the CloudEvent has no ${name}`);
  const others = named();
  for (const [name, value] of Object.entries(given))
    if (name !== "data" && name !== "data_base64") others[name] = value;
  const resource = named();
  const { subject } = given;
  resource["prefect.resource.id"] = typeof subject === "string" && subject !== "" ? subject : given.source;
  const payload = named();
  payload.data = data;
  payload.cloudevents = others;
  const event = named();
  event.event = given.type;
  if (typeof given.time === "string") event.occurred = given.time;
  event.resource = resource;
  event.payload = payload;
  return event;
}

/** What was encoded, where it is JSON; else the text as it came. */
function decoded(encoded: string): unknown {
  charge(encoded.length);
  const bytes = base64Bytes(encoded);
  if (bytes === null) return encoded;
  try {
    const percent = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    return dataOf(JSON.parse(decodeURIComponent(percent)));
  } catch {
    return encoded;
  }
}

/** Objects without a prototype, as all data is here. */
function dataOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(dataOf);
  const data = named();
  for (const [key, inner] of Object.entries(value)) data[key] = dataOf(inner);
  return data;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64Bytes(text: string): number[] | null {
  const plain = text.replace(/\s|=+$/g, "");
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of plain) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return bytes;
}

/** Headers carry what is not printable ASCII percent-encoded. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
