import type { Completion } from "@codemirror/autocomplete";
import { actionKinds, actionTypes } from "../../../../core/automation/action-kinds.ts";
import { actionLists } from "../../../../core/automation/automation.ts";
import { automationFields } from "../../../../core/automation/read-automation.ts";
import { retryFields } from "../../../../core/automation/retry.ts";
import { stateTypes } from "../../../../core/flow-run/state.ts";
import { compositeFields } from "../../../../core/trigger/read-composite.ts";
import { eventTriggerFields } from "../../../../core/trigger/read-event-trigger.ts";
import { triggerKinds } from "../../../../core/trigger/read-kind.ts";
import { metricFields, metricTriggerFields } from "../../../../core/trigger/read-metric-trigger.ts";
import type { Suggest } from "../../../editor/code-mirror.ts";
import { type YamlPlace, yamlPlace } from "../../../editor/yaml-place.ts";

/** What this server has that automations name. */
export interface Known {
  readonly events: readonly { name: string; count: number }[];
  readonly deployments: readonly { id: string; name: string }[];
  readonly blocks: readonly { id: string; name: string }[];
  readonly pools: readonly { id: string; name: string }[];
  readonly queues: readonly { id: string; name: string }[];
}

const labels = ["prefect.resource.id", "prefect.resource.name", "prefect.resource.role"];
const listed = new Set(["expect", "after", "for_each", "tags"]);
/** Fields that hold labels of resources. */
const labelled = new Set(["match", "match_related", "resource", "related"]);
const lists: ReadonlySet<string> = new Set(actionLists.map(({ name }) => name));

/** What an automation's YAML could go on with: the fields that fit, and the values that are known. */
export function suggestAutomation(known: Known): Suggest {
  return (text, at, form) => {
    if (form !== "YAML") return null;
    const place = yamlPlace(text, at, (field) => listed.has(field));
    if (place === null) return null;
    const { inside, beside, field, from } = place;
    if (field !== null) return { from, options: values(known, place, field) };
    const names = fieldsIn(inside.at(-1) ?? null, beside).filter((name) => !beside.has(name));
    return {
      from,
      options: names.map((label) => ({ label, apply: `${label}: ` })),
    };
  };
}

function fieldsIn(parent: string | null, beside: ReadonlyMap<string, string>): readonly string[] {
  if (parent === null) return automationFields;
  if (parent === "trigger" || parent === "triggers") return triggerFields(beside);
  if (parent === "metric") return metricFields;
  if (parent === "retry") return retryFields;
  if (labelled.has(parent)) return labels;
  if (!lists.has(parent)) return [];
  const type = actionTypes.find((each) => each === beside.get("type"));
  return type === undefined ? ["type"] : ["type", ...actionKinds[type].fields];
}

function triggerFields(beside: ReadonlyMap<string, string>): readonly string[] {
  switch (beside.get("type")) {
    case "compound":
      return compositeFields.compound;
    case "sequence":
      return compositeFields.sequence;
    case "metric":
      return metricTriggerFields;
    case "event":
      return eventTriggerFields;
    default:
      return [
        "type",
        ...new Set([...eventTriggerFields, ...compositeFields.compound, ...metricTriggerFields]),
      ];
  }
}

function values(known: Known, { inside }: YamlPlace, field: string): Completion[] {
  const parent = inside.at(-1) ?? "";
  switch (field) {
    case "type":
      return words(lists.has(parent) ? actionTypes : triggerKinds);
    case "posture":
      return words(["Reactive", "Proactive"]);
    case "source":
      return words(["selected", "inferred"]);
    case "require":
      return words(["all", "any"]);
    case "state":
      return words(stateTypes);
    case "enabled":
    case "strict":
    case "force":
    case "jitter":
      return words(["true", "false"]);
    case "name":
      return parent === "metric" ? words(["successes", "duration", "lateness"]) : [];
    case "operator":
      return words(["<", "<=", ">", ">="]).map((word) => ({ ...word, apply: JSON.stringify(word.label) }));
    case "for_each":
      return words(labels);
    case "prefect.resource.id":
      return words(["prefect.flow-run.*", "prefect.deployment.*", "prefect.automation.*"]);
    case "prefect.resource.role":
      return words(["flow", "deployment", "tag", "work-pool", "work-queue"]);
    case "expect":
    case "after":
      return known.events.map(({ name, count }) => ({
        label: name,
        detail: count === 0 ? "" : `${count} seen`,
      }));
    case "deployment_id":
      return named(known.deployments);
    case "block_document_id":
      return named(known.blocks);
    case "work_pool_id":
      return named(known.pools);
    case "work_queue_id":
      return named(known.queues);
    default:
      return [];
  }
}

function words(options: readonly string[]): Completion[] {
  return options.map((label) => ({ label }));
}

/** By name; what is written is the id. */
function named(things: readonly { id: string; name: string }[]): Completion[] {
  return things.map(({ id, name }) => ({ label: name, apply: id, detail: `…${id.slice(-8)}` }));
}
