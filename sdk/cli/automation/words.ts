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

/** What of an automation is not carried out, or fails, by the places of its actions. */
interface Marked {
  disabled: readonly { list: string; place: number }[];
  broken: readonly { list: string; place: number }[];
}

/** What an automation does, and what of it no more; `names` has those of what they act upon by their ids. */
export function actionsText(
  document: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
  marked: Marked = { disabled: [], broken: [] },
): string {
  const actions = (list: string, prefix: string) => {
    const given = document[list];
    return (Array.isArray(given) ? given : []).map((action, place) => {
      const isOf = (some: Marked["broken"]) => some.some((one) => one.list === list && one.place === place);
      const marks = `${isOf(marked.broken) ? " (broken)" : ""}${isOf(marked.disabled) ? " (disabled)" : ""}`;
      return `${prefix}${actionText(action, names)}${marks}`;
    });
  };
  return [
    ...actions("actions", ""),
    ...actions("actions_on_trigger", "(trigger) "),
    ...actions("actions_on_resolve", "(resolve) "),
  ].join(", ");
}

function actionText(action: unknown, names: ReadonlyMap<string, string>): string {
  if (!isPlainObject(action)) return "";
  const target = Object.entries(action).find(
    ([key, value]) => key.endsWith("_id") && typeof value === "string",
  );
  const words = String(action.type).replaceAll("-", " ");
  if (target) return `${words} ${names.get(String(target[1])) ?? target[1]}`;
  return action.source === "inferred" ? `${words} of the event` : words;
}
