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
import { type JsonPlace, jsonPlace } from "../../../editor/json-place.ts";
import type { Place } from "../../../editor/place.ts";
import { yamlPlace } from "../../../editor/yaml-place.ts";

/** What this server has that automations name. */
export interface Known {
  readonly events: readonly { name: string; count: number }[];
  readonly deployments: readonly { id: string; name: string }[];
  readonly blocks: readonly { id: string; name: string }[];
  readonly pools: readonly { id: string; name: string }[];
  readonly queues: readonly { id: string; name: string }[];
}

interface Option {
  label: string;
  apply?: string;
  detail?: string;
}

const labels = ["prefect.resource.id", "prefect.resource.name", "prefect.resource.role"];
const listed = new Set(["expect", "after", "for_each", "tags"]);
/** Fields that hold labels of resources. */
const labelled = new Set(["match", "match_related", "resource", "related"]);
const lists: ReadonlySet<string> = new Set(actionLists.map(({ name }) => name));

/** What an automation's text could go on with: the fields that fit, and the values that are known. */
export function suggestAutomation(known: Known): Suggest {
  return (text, at, form) => {
    const isListed = (field: string) => listed.has(field);
    const yaml = form === "YAML" ? yamlPlace(text, at, isListed) : null;
    const json = form === "JSON" ? jsonPlace(text, at, isListed) : null;
    const place = yaml ?? json;
    if (place === null) return null;
    const { inside, beside, field, from } = place;
    const write = json === null ? yamlText : jsonText(json);
    if (field !== null)
      return {
        from,
        options: values(known, place, field).map(({ label, apply = label, ...rest }) => ({
          label,
          apply: write.value(apply),
          ...rest,
        })),
      };
    const names = fieldsIn(inside.at(-1) ?? null, beside).filter((name) => !beside.has(name));
    return { from, options: names.map((label) => ({ label, apply: write.name(label) })) };
  };
}

/** How what is chosen is written. */
interface Writing {
  name(name: string): string;
  value(value: string): string;
}

const yamlText: Writing = {
  name: (name) => `${name}: `,
  value: (value) => (/^\w/.test(value) ? value : JSON.stringify(value)),
};

function jsonText({ quotes }: JsonPlace): Writing {
  const end = quotes === "both" ? "" : '"';
  return {
    name: (name) => (quotes === "none" ? `"${name}": ` : quotes === "both" ? name : `${name}": `),
    value: (value) =>
      quotes !== "none" ? value + end : value === "true" || value === "false" ? value : JSON.stringify(value),
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

/** What is known of a field's values; `apply` is the value where that is not its label. */
function values(known: Known, { inside }: Place, field: string): Option[] {
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
      return words(["<", "<=", ">", ">="]);
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

function words(options: readonly string[]): Option[] {
  return options.map((label) => ({ label }));
}

/** By name; what is written is the id. */
function named(things: readonly { id: string; name: string }[]): Option[] {
  return things.map(({ id, name }) => ({ label: name, apply: id, detail: `…${id.slice(-8)}` }));
}
