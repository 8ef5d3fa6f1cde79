import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readJson, readText } from "../document/values.ts";
import type { CallWebhook } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { readBlockId, textTemplates } from "./block-action.ts";
import { outsideRetry, readRetry, retryDocument } from "./retry.ts";

export const callWebhook: ActionKind<CallWebhook> = {
  fields: ["block_document_id", "payload", "retry", "strict"],
  readDocument: (reading, fields) => read(reading, fields, "block_document_id"),
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("callWebhook", ["block_id", "payload", "retry", "strict"]);
    return read(reading, fields, "block_id");
  },
  settings: ({ blockId, payload, retry, strict }) => ({
    block_document_id: blockId,
    payload,
    ...(retry !== undefined && { retry: retryDocument(retry) }),
    ...(strict && { strict }),
  }),
  target: ({ blockId }) => ({ noun: "block", target: { source: "selected", id: blockId } }),
  templates: ({ payload }) => textTemplates({ payload }),
};

function read(reading: Reading, fields: Fields | null, idField: string): CallWebhook {
  const retry = fields?.get("retry") ?? null;
  return {
    type: "call-webhook",
    blockId: readBlockId(reading, fields, idField),
    payload: readPayload(reading, fields?.get("payload") ?? null),
    ...(retry !== null && retry.value !== null && { retry: readRetry(reading, retry, outsideRetry) }),
    strict: readFlag(reading, fields?.get("strict") ?? null, false),
  };
}

/** Text; an object or list, as old definitions have it, is its JSON (actions.md 1.6). */
function readPayload(reading: Reading, given: Given | null): string {
  if (given === null || given.value === null) return "";
  if (typeof given.value !== "object" || reading.dialect === "input") return readText(reading, given, "");
  return JSON.stringify(readJson(reading, given), null, 2);
}
