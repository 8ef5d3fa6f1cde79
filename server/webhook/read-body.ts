import { isUtf8 } from "node:buffer";
import { type Json, MAX_JSON_DEPTH, nestingProblem } from "../../core/json.ts";
import type { WebhookRequest } from "../../core/webhook/request.ts";
import { collect, type Fields, readFields } from "./fields.ts";
import { UnreadableBodyError } from "./unreadable-body.ts";

/** What a request brings along. `body`: undefined where it has none. */
export interface ReadBody {
  readonly body: Json | undefined;
  /** All values of each field, where the body is a form. */
  readonly formLists: Readonly<Record<string, string[]>>;
}

/**
 * Reads a body by its content type (actions.md 6.2).
 *
 * @throws UnreadableBodyError
 */
export async function readBody({ headers, body }: WebhookRequest): Promise<ReadBody> {
  if (body.length === 0) return { body: undefined, formLists: {} };
  const type = headers["content-type"] ?? "";
  const [kind = ""] = type.toLowerCase().split(";", 1);
  switch (kind.trim()) {
    case "application/x-www-form-urlencoded":
      return formOf(readFields(decode(body, type)));
    case "multipart/form-data":
      return formOf(await multipartFields(body, type));
  }
  const text = decode(body, type);
  const json = /^(?:application\/json|.+\+json)$/.test(kind.trim());
  return { body: parse(text, json), formLists: {} };
}

function formOf({ last, all }: Fields): ReadBody {
  return { body: last, formLists: all };
}

function parse(text: string, mustBeJson: boolean): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json; // nothing else comes of it
  } catch (error) {
    if (!mustBeJson) return text;
    throw new UnreadableBodyError(
      `the body is not valid JSON (${error instanceof Error ? error.message : error})`,
    );
  }
  const problem = nestingProblem(value, MAX_JSON_DEPTH);
  if (problem !== null) throw new UnreadableBodyError(`the body ${problem.message}`);
  return value;
}

function decode(body: Uint8Array, type: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? "utf-8";
  if (/^utf-?8$/i.test(charset)) {
    if (isUtf8(body)) return new TextDecoder().decode(body);
    throw new UnreadableBodyError("the body is not valid UTF-8");
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    throw new UnreadableBodyError(`the body cannot be read as ${JSON.stringify(charset.slice(0, 40))}`);
  }
}

async function multipartFields(body: Uint8Array, type: string): Promise<Fields> {
  let form: FormData;
  try {
    form = await new Response(Buffer.from(body), { headers: { "content-type": type } }).formData();
  } catch {
    throw new UnreadableBodyError(
      "the body is no multipart form with the boundary that its content type names",
    );
  }
  const pairs: [string, string][] = [];
  for (const [name, value] of form) {
    if (typeof value !== "string")
      throw new UnreadableBodyError(
        `the field ${JSON.stringify(name.slice(0, 80))} is a file; only texts are taken`,
      );
    pairs.push([name, value]);
  }
  return collect(pairs);
}
