import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readText, readTextList } from "../document/values.ts";
import { blankProblem, nameProblem } from "../name.ts";
import { readTrigger } from "../trigger/read-trigger.ts";
import { type TriggerLimits, unreadable } from "../trigger/trigger-reading.ts";
import { type AutomationDefinition, actionLists } from "./automation.ts";
import { readActions } from "./read-action.ts";

/** The fields of an automation's document. */
export const automationFields = [
  "name",
  "description",
  "enabled",
  "tags",
  "trigger",
  ...actionLists.map(({ name }) => name),
  "owner_resource",
];

/** What reading gives back besides the definition, and is passed over when written. */
const readOnly = ["id", "created", "updated", "disabled_actions"];

export function readAutomation(reading: Reading, given: Given, limits: TriggerLimits): AutomationDefinition {
  const fields = Fields.of(reading, given);
  fields?.only("an automation", automationFields, readOnly);
  const get = (name: string) => fields?.get(name) ?? null;
  const trigger = fields?.require("trigger") ?? null;
  const [actions, actionsOnTrigger, actionsOnResolve] = [
    readActions(reading, fields?.require("actions") ?? null),
    readActions(reading, get("actions_on_trigger")),
    readActions(reading, get("actions_on_resolve")),
  ];
  if (fields !== null) requireAnAction(reading, fields);
  return {
    name: readName(reading, fields?.require("name") ?? null),
    description: readText(reading, get("description"), ""),
    enabled: readFlag(reading, get("enabled"), true),
    tags: readTags(reading, get("tags")),
    trigger: trigger === null ? unreadable : readTrigger(reading, trigger, limits),
    actions,
    actionsOnTrigger,
    actionsOnResolve,
    ownerResource: readOwner(reading, get("owner_resource")),
  };
}

function requireAnAction(reading: Reading, fields: Fields): void {
  const given = actionLists.flatMap(({ name }) => fields.get(name) ?? []);
  const actions = fields.get("actions");
  if (actions === null || given.some(({ value }) => !Array.isArray(value) || value.length > 0)) return;
  const others = fields.spellings(["actions_on_trigger", "actions_on_resolve"]).join(" or ");
  reading.refuse(actions.path, `must have at least one action where ${others} has none`);
}

/** A name that is shown and looked up; empty where it is missing. */
export function readName(reading: Reading, given: Given | null): string {
  if (given === null || typeof given.value !== "string") return readText(reading, given, "");
  const problem = nameProblem(given.value);
  if (problem !== null) reading.refuse(given.path, problem);
  return given.value;
}

function readTags(reading: Reading, given: Given | null): string[] {
  if (given === null) return [];
  const { value, path } = given;
  for (const [index, tag] of (Array.isArray(value) ? value : [value]).entries()) {
    const problem = typeof tag === "string" ? blankProblem(tag) : null;
    if (problem !== null) reading.refuse(Array.isArray(value) ? [...path, String(index)] : path, problem);
  }
  return [...new Set(readTextList(reading, given))];
}

function readOwner(reading: Reading, given: Given | null): string | null | undefined {
  if (given === null) return undefined;
  if (given.value === null) return null;
  const owner = readText(reading, given, "");
  // A kind and an id, parted by the last dot.
  if (typeof given.value === "string" && !/^.+\.[^.]+$/su.test(owner))
    reading.refuse(given.path, `must be a resource id such as prefect.deployment.<id>; ${itIs(owner)}`);
  return owner;
}
