import type { Issue } from "../../core/error.ts";
import { isPlainObject, type Json } from "../../core/json.ts";
import { type DeployValue, type Expression, keyOf, partsOf } from "./expression.ts";

/**
 * Which expressions are filled in at deploy time: in a deployment and its triggers all of them. But of a deployment's own `parameters`
 * and `job_variables`, and of an automation, whose texts are templates of its firing, those that name what is known at deploy time
 * (`known`); and of a trigger's `parameters` and `job_variables`, which wait for the firing, none (`run`). `${{ … }}` is filled in
 * everywhere.
 */
export type Zone = "deployment" | "trigger" | "known" | "run";

/** What a deploy-time value is, or why it has none. */
export type Found = { value: Json } | { problem: string };

/** Fields whose texts are for the run. */
const runFields = new Set(["parameters", "job_variables"]);

/** The values that are to be known before everything in it can be filled in. */
export function valuesWanted(value: unknown, zone: Zone): DeployValue[] {
  const wanted = new Map<string, DeployValue>();
  walk(value, zone, [], (text, where) => {
    for (const { value: named } of expressionsOf(text, where)) if (named) wanted.set(keyOf(named), named);
    return text;
  });
  return [...wanted.values()];
}

/** The same with every deploy-time expression filled in; one that is a whole text keeps the type of its value. */
export function fillIn(
  value: unknown,
  zone: Zone,
  path: readonly string[],
  find: (value: DeployValue) => Found,
): { value: unknown; issues: Issue[] } {
  const issues: Issue[] = [];
  const filled = walk(value, zone, path, (text, where, at) => {
    const parts = partsOf(text).map((part): Json => {
      if (typeof part === "string") return part;
      if (!isFilledIn(part, where)) return part.source;
      const found = part.value === null ? { problem: unknown(part) } : find(part.value);
      if ("value" in found) return typed(found.value, at.at(-1) ?? "");
      issues.push({ path: [...at], message: found.problem });
      return "";
    });
    const [only = "", ...more] = parts;
    return more.length === 0 ? only : parts.map(asText).join("");
  });
  return { value: filled, issues };
}

type Change = (text: string, zone: Zone, path: readonly string[]) => unknown;

function walk(value: unknown, zone: Zone, path: readonly string[], change: Change): unknown {
  if (typeof value === "string") return change(value, zone, path);
  if (Array.isArray(value)) return value.map((one, at) => walk(one, zone, [...path, String(at)], change));
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    return [key, walk(one, zoneOf(key, zone), [...path, key], change)] as const;
  });
  return Object.fromEntries(entries);
}

/** The zone of what stands under a key. */
function zoneOf(key: string, zone: Zone): Zone {
  if (zone === "deployment") return key === "triggers" ? "trigger" : runFields.has(key) ? "known" : zone;
  return zone === "trigger" && runFields.has(key) ? "run" : zone;
}

function expressionsOf(text: string, zone: Zone): Expression[] {
  return partsOf(text).flatMap((part) => (typeof part === "object" && isFilledIn(part, zone) ? [part] : []));
}

function isFilledIn({ marked, value }: Expression, zone: Zone): boolean {
  return marked || zone === "deployment" || zone === "trigger" || (zone === "known" && value !== null);
}

function unknown({ source }: Expression): string {
  return `${source} is not known at deploy time: there is $NAME of the environment, antiphon.variables.NAME and antiphon.blocks.TYPE.NAME; templates of a firing stand in a trigger's parameters and job_variables`;
}

/** Fields that are numbers or flags, which the environment only has as texts. */
const numbers = new Set([
  ...["threshold", "within", "require", "schedule_after", "range", "firing_for", "interval"],
  ...["concurrency_limit", "limit", "max_late_runs", "timeout"],
  ...["max_attempts", "initial_delay", "max_delay", "multiplier"],
]);
const flags = new Set([
  ...["enabled", "paused", "active", "catch_up", "enforce_parameter_schema"],
  ...["force", "strict", "jitter"],
]);

function typed(value: Json, field: string): Json {
  if (typeof value !== "string") return value;
  if (numbers.has(field) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return flags.has(field) && (value === "true" || value === "false") ? value === "true" : value;
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
