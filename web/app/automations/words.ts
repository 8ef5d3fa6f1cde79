import { isJsonObject } from "../../../core/json.ts";
import { durationText } from "../../../core/trigger/duration-text.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";
import type { ShownAutomationFragment } from "../../gql/graphql.ts";
import { jsonOf } from "../../lib/json-of.ts";

export type Action = ShownAutomationFragment["actions"][number];

/** An action in words, around the name of what it acts upon. */
export interface ActionWords {
  before: string;
  /** The deployment that it names; null where it names none. */
  deployment: string | null;
  after: string;
}

/** The trigger of an automation's document in plain words; null where this console does not know its kind. */
export function triggerWords(document: unknown): string | null {
  const automation = jsonOf(document);
  if (!isJsonObject(automation)) return null;
  try {
    return triggerSentence(parseTriggerDocument(automation.trigger));
  } catch {
    return null;
  }
}

/** An action in plain words, such as "run deployment [shop/ship] with order and address, 30 seconds later". */
export function actionWords({ type, settings }: Action): ActionWords {
  const given = jsonOf(settings);
  const { deployment_id, parameters, schedule_after } = isJsonObject(given) ? given : {};
  if (type !== "run-deployment") return { before: type.replaceAll("-", " "), deployment: null, after: "" };
  const names = isJsonObject(parameters) ? Object.keys(parameters) : [];
  const words = [
    names.length === 0 ? "" : ` with ${listText(names)}`,
    typeof schedule_after === "number" && schedule_after > 0 ? `, ${durationText(schedule_after)} later` : "",
  ];
  const named = typeof deployment_id === "string";
  return {
    before: named ? "run deployment" : "run the deployment that the event is about",
    deployment: named ? deployment_id : null,
    after: words.join(""),
  };
}

function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
