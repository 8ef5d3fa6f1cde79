import { Fields } from "../document/fields.ts";
import type { Reading } from "../document/reading.ts";
import { readFlag, readText } from "../document/values.ts";
import type { SendNotification } from "./action.ts";
import type { ActionKind } from "./action-kind.ts";
import { readBlockId, textTemplates } from "./block-action.ts";
import { outsideRetry, readRetry, retryDocument } from "./retry.ts";

const defaultSubject = "Automated notification";

export const sendNotification: ActionKind<SendNotification> = {
  fields: ["block_document_id", "channel", "subject", "body", "retry", "strict"],
  readDocument: (reading, fields) => read(reading, fields, "block_document_id"),
  readInput(reading, given) {
    const fields = Fields.of(reading, given);
    fields?.only("sendNotification", ["block_id", "channel", "subject", "body", "retry", "strict"]);
    return read(reading, fields, "block_id");
  },
  settings: ({ blockId, channel, subject, body, retry, strict }) => ({
    block_document_id: blockId,
    ...(channel !== undefined && { channel }),
    subject,
    body,
    ...(retry !== undefined && { retry: retryDocument(retry) }),
    ...(strict && { strict }),
  }),
  target: ({ blockId }) => ({ noun: "block", target: { source: "selected", id: blockId } }),
  templates: ({ channel = "", subject, body }) => textTemplates({ channel, subject, body }),
};

function read(reading: Reading, fields: Fields | null, idField: string): SendNotification {
  const retry = fields?.get("retry") ?? null;
  const channel = fields?.get("channel") ?? null;
  const subject = fields?.get("subject") ?? null;
  return {
    type: "send-notification",
    blockId: readBlockId(reading, fields, idField),
    ...(channel !== null && channel.value !== null && { channel: readText(reading, channel, "") }),
    subject: subject?.value === null ? defaultSubject : readText(reading, subject, defaultSubject),
    body: readText(reading, fields?.require("body") ?? null, ""),
    ...(retry !== null && retry.value !== null && { retry: readRetry(reading, retry, outsideRetry) }),
    strict: readFlag(reading, fields?.get("strict") ?? null, false),
  };
}
