import { isPlainObject } from "../../../core/json.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";

/** What an automation watches, in plain words. */
export function triggerText({ trigger }: Record<string, unknown>): string {
  try {
    return triggerSentence(parseTriggerDocument(trigger));
  } catch {
    // Of a kind that a newer server knows.
    return isPlainObject(trigger) ? String(trigger.type) : "";
  }
}

/** What an automation does; `deployments` has their full names by their ids. */
export function actionsText(
  document: Record<string, unknown>,
  deployments: ReadonlyMap<string, string>,
): string {
  const list = (given: unknown, prefix: string) =>
    (Array.isArray(given) ? given : []).map((action) => prefix + actionText(action, deployments));
  return [
    ...list(document.actions, ""),
    ...list(document.actions_on_trigger, "(trigger) "),
    ...list(document.actions_on_resolve, "(resolve) "),
  ].join(", ");
}

function actionText(action: unknown, deployments: ReadonlyMap<string, string>): string {
  if (!isPlainObject(action)) return "";
  const target = Object.entries(action).find(
    ([key, value]) => key.endsWith("_id") && typeof value === "string",
  );
  const words = String(action.type).replaceAll("-", " ");
  if (target) return `${words} ${deployments.get(String(target[1])) ?? target[1]}`;
  return action.source === "inferred" ? `${words} of the event` : words;
}
