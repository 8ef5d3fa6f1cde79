import { durationText } from "./duration-text.ts";
import { filterText } from "./filter-text.ts";
import type { TriggerDefinition } from "./trigger.ts";

type Of<Type extends TriggerDefinition["type"]> = Extract<TriggerDefinition, { type: Type }>;

/** A trigger in plain words, such as `when order.complete happens after order.created, for each prefect.resource.id`. */
export function triggerSentence(trigger: TriggerDefinition): string {
  switch (trigger.type) {
    case "event":
      return trigger.posture === "Reactive" ? reactive(trigger) : proactive(trigger);
    case "metric":
      return metric(trigger);
    case "compound":
      return `when ${needed(trigger)}${limit(trigger.within)}: ${members(trigger.triggers)}`;
    case "sequence":
      return `when in this order${limit(trigger.within)}: ${members(trigger.triggers)}`;
  }
}

function reactive(trigger: Of<"event">): string {
  const times = Math.max(1, trigger.threshold);
  const happens = times === 1 ? "happens" : `happens ${times} times`;
  return `when ${expected(trigger)} ${happens}${window(trigger, times)}${filterText(trigger)}${forEach(trigger)}`;
}

function window({ after, within }: Of<"event">, times: number): string {
  const time = durationText(within);
  if (after.length > 0) return within === 0 ? ` after ${anyOf(after)}` : ` within ${time} of ${anyOf(after)}`;
  if (within === 0) return "";
  // It does not slide, as "3 times within a minute" would.
  if (times > 1) return ` in one window of ${time} (it begins with the first event and does not slide)`;
  return ` (at most once in a window of ${time})`;
}

function proactive(trigger: Of<"event">): string {
  const { threshold, after } = trigger;
  if (threshold === 0) return "never: there are no fewer than 0 events";
  const fails = threshold === 1 ? "does not happen" : `happens fewer than ${threshold} times`;
  const time = `within ${durationText(trigger.within)}${after.length === 0 ? "" : ` of ${anyOf(after)}`}`;
  return `when ${expected(trigger)} ${fails} ${time}${filterText(trigger)}${forEach(trigger)}`;
}

function metric({
  metric: { name, operator, threshold, range, firingFor },
  ...filters
}: Of<"metric">): string {
  const what = {
    successes: "the share of runs that did not fail",
    duration: "the mean duration of runs in seconds",
    lateness: "the mean lateness of runs in seconds",
  }[name];
  const over = `over the last ${durationText(range)}`;
  return `when ${what} ${over} has been ${operator} ${threshold} for ${durationText(firingFor)}${filterText(filters)}`;
}

function needed({ require, triggers }: Of<"compound">): string {
  if (require === "all" || require === triggers.length) return "all of these have happened";
  if (require === "any" || require === 1) return "any of these happens";
  return `${require} of these have happened`;
}

function limit(within: number | null): string {
  return within === null ? "" : ` within ${durationText(within)}`;
}

function members(triggers: readonly TriggerDefinition[]): string {
  return triggers.map((member, index) => `(${index + 1}) ${triggerSentence(member)}`).join("; ");
}

function expected({ expect }: Of<"event">): string {
  return expect.length === 0 ? "any event" : anyOf(expect);
}

function anyOf(names: readonly string[]): string {
  return names.join(" or ");
}

function forEach({ forEach: labels }: Of<"event">): string {
  return labels.length === 0 ? "" : `, for each ${labels.join(" and ")}`;
}
