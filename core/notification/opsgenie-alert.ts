import type { OpsgenieWebhook } from "../block/opsgenie-webhook.ts";
import { isId } from "../id.ts";
import type { JsonObject } from "../json.ts";
import { cut, oneLine } from "./cut.ts";
import type { Message } from "./message.ts";
import { codeUnits } from "./sizes.ts";
import { textMessage } from "./text-message.ts";

/** Opsgenie's limits, in characters: of the line that is shown first, of what stands below it, and of a note. */
const longestMessage = 130;
const longestDescription = 15_000;
const longestNote = 25_000;

/** The message as a new alert, or as one more of the open alert of this alias. */
export function opsgenieAlert({ subject, body, link }: Message, block: OpsgenieWebhook): JsonObject {
  const title = oneLine(subject);
  const { priority, tags, entity, details } = block;
  return {
    source: "Antiphon",
    message: cut(title === "" ? oneLine(body) : title, longestMessage, null, codeUnits),
    description: cut(body, longestDescription, link, codeUnits),
    responders: respondersOf(block),
    tags,
    priority: `P${priority}`,
    details,
    ...(entity !== undefined && { entity }),
  };
}

/** The message as the last word on an alert. */
export function opsgenieNote(message: Message): JsonObject {
  return { source: "Antiphon", note: textMessage(message, longestNote) };
}

function respondersOf(block: OpsgenieWebhook): JsonObject[] {
  const { target_user, target_team, target_schedule, target_escalation } = block;
  const named = (type: string, names: readonly string[], by: "name" | "username" = "name") =>
    names.map((name) => ({ type, [isId(name) ? "id" : by]: name }));
  return [
    ...named("user", target_user, "username"),
    ...named("team", target_team),
    ...named("schedule", target_schedule),
    ...named("escalation", target_escalation),
  ];
}
