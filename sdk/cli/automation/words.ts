import { isPlainObject } from "../../../core/json.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";
import type { Disabled } from "./disabled.ts";

/** What an automation watches, in plain words. */
export function triggerText({ trigger }: Record<string, unknown>): string {
  try {
    return triggerSentence(parseTriggerDocument(trigger));
  } catch {
    // Of a kind that a newer server knows.
    return isPlainObject(trigger) ? String(trigger.type) : "";
  }
}

/** What an automation does, and what of it no more; `deployments` has their full names by their ids. */
export function actionsText(
  document: Record<string, unknown>,
  deployments: ReadonlyMap<string, string>,
  disabled: readonly Disabled[] = [],
): string {
  const actions = (list: string, prefix: string) => {
    const given = document[list];
    return (Array.isArray(given) ? given : []).map((action, place) => {
      const off = disabled.some((one) => one.list === list && one.place === place);
      return `${prefix}${actionText(action, deployments)}${off ? " (disabled)" : ""}`;
    });
  };
  return [
    ...actions("actions", ""),
    ...actions("actions_on_trigger", "(trigger) "),
    ...actions("actions_on_resolve", "(resolve) "),
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
