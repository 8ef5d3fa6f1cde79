import type { Issue } from "../error.ts";
import { isId } from "../id.ts";
import { isPlainObject, type JsonObject, jsonProblem, MAX_JSON_DEPTH, textProblem } from "../json.ts";
import { labelIssues } from "./check-labels.ts";
import type { Labels } from "./event.ts";
import { firstInstant } from "./first-instant.ts";
import { maxEventBytes, maxRelated } from "./fit.ts";

/** Characters of an event's name. */
export const maxNameLength = 1024;
/** How far an event may lie ahead of the clock, in milliseconds. */
const maxAhead = 300_000;
/** Problems that are told of one event. */
const maxIssues = 100;

/** An event as somebody gives it. What is left out is undefined or null. */
export interface GivenEvent {
  event: string;
  resource?: unknown;
  related?: readonly unknown[] | null | undefined;
  payload?: unknown;
  id?: string | null | undefined;
  occurred?: Date | null | undefined;
  follows?: string | null | undefined;
}

/** An event that satisfies every rule, with its defaults filled in. */
export interface ParsedEvent {
  id: string;
  /** Whether the sender chose the id. */
  given: boolean;
  event: string;
  occurred: Date;
  resource: Labels;
  related: Labels[];
  payload: JsonObject;
  follows: string | null;
}

/** What an event that says nothing else is given. */
export interface EventDefaults {
  newId(): string;
  now: Date;
}

export type EventParse = { ok: true; event: ParsedEvent } | { ok: false; issues: Issue[] };

/** Checks an event by the rules of triggers 1 but for its size as a whole (`sizeIssue`). All problems are told, at most 100. */
export function parseEvent(given: GivenEvent, defaults: EventDefaults): EventParse {
  const related = given.related ?? [];
  const payload = given.payload ?? {};
  const issues = nameIssues(given.event).concat(
    labelIssues(given.resource, ["resource"], "primary"),
    relatedIssues(related),
    payloadIssues(payload),
    idIssues(given.id, "id"),
    idIssues(given.follows, "follows"),
    momentIssues(given.occurred, defaults.now),
  );
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, maxIssues) };
  return {
    ok: true,
    event: {
      id: given.id?.toLowerCase() ?? defaults.newId(),
      given: given.id != null,
      event: given.event,
      occurred: given.occurred ?? defaults.now,
      // The three were checked above.
      resource: given.resource as Labels,
      related: related as Labels[],
      payload: payload as JsonObject,
      follows: given.follows?.toLowerCase() ?? null,
    },
  };
}

/** What is wrong with an event of so many bytes as UTF-8 JSON; null where nothing is. */
export function sizeIssue(bytes: number): Issue | null {
  if (bytes <= maxEventBytes) return null;
  return { path: [], message: `is ${bytes} bytes of JSON; at most ${maxEventBytes} are taken` };
}

function nameIssues(name: string): Issue[] {
  const path = ["event"];
  if (name === "") return [{ path, message: "an event needs a name, such as order.created" }];
  const problem = textProblem(name);
  if (problem !== null) return [{ path, message: problem }];
  if (name.length <= maxNameLength) return [];
  const characters = [...name].length;
  if (characters <= maxNameLength) return [];
  return [{ path, message: `has ${characters} characters; at most ${maxNameLength} are taken` }];
}

function relatedIssues(related: readonly unknown[]): Issue[] {
  const issues: Issue[] = [];
  if (related.length > maxRelated) {
    const message = `has ${related.length} related resources; at most ${maxRelated} are taken`;
    issues.push({ path: ["related"], message });
  }
  for (let index = 0; index < related.length && issues.length < maxIssues; index++)
    issues.push(...labelIssues(related[index], ["related", String(index)], "related"));
  return issues;
}

function payloadIssues(payload: unknown): Issue[] {
  if (!isPlainObject(payload)) return [{ path: ["payload"], message: "must be a JSON object" }];
  if (isStorable(payload, MAX_JSON_DEPTH)) return [];
  const problem = jsonProblem(payload);
  return problem === null ? [] : [{ path: ["payload", ...problem.path], message: problem.message }];
}

/** Whether nothing keeps the value from being stored; of what this denies, `jsonProblem` says why. */
function isStorable(value: unknown, levels: number): boolean {
  if (typeof value === "string") return textProblem(value) === null;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return value === null || typeof value === "boolean";
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isStorable(item, levels - 1));
  if (!isPlainObject(value)) return false;
  for (const name in value)
    if (textProblem(name) !== null || !isStorable(value[name], levels - 1)) return false;
  return true;
}

function idIssues(id: string | null | undefined, field: "id" | "follows"): Issue[] {
  if (id == null || isId(id)) return [];
  return [{ path: [field], message: `${JSON.stringify(id.slice(0, 80))} is no UUID` }];
}

function momentIssues(occurred: Date | null | undefined, now: Date): Issue[] {
  if (occurred == null) return [];
  const path = ["occurred"];
  if (occurred.getTime() < firstInstant)
    return [{ path, message: `${occurred.toISOString()} lies before the year 1` }];
  const ahead = occurred.getTime() - now.getTime();
  if (ahead <= maxAhead) return [];
  const message = `${occurred.toISOString()} lies ${Math.ceil(ahead / 1000)} s ahead of the server's clock (${now.toISOString()}); at most ${maxAhead / 1000} s are taken`;
  return [{ path, message }];
}
