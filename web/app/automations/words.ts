import { actionTypes } from "../../../core/automation/action-kinds.ts";
import { type Noun, nouns } from "../../../core/automation/noun.ts";
import { isJsonObject, type JsonObject } from "../../../core/json.ts";
import { durationText } from "../../../core/trigger/duration-text.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";
import type { ShownAutomationFragment } from "../../gql/graphql.ts";
import { jsonOf } from "../../lib/json-of.ts";

/** Whether it is broken is not known of one that is no part of a stored automation. */
export type Action = Omit<ShownAutomationFragment["actions"][number], "broken"> & { broken?: boolean };

/** An action in words, around the name of what it acts upon. */
export interface ActionWords {
  before: string;
  /** What it names; null where it names nothing. */
  target: { noun: Noun; id: string } | null;
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
  const fields = isJsonObject(given) ? given : {};
  const { verb, noun, after } = partsOf(type, fields);
  if (noun === null) return { before: verb, target: null, after };
  const id = fields[nouns[noun].idField];
  if (typeof id === "string") return { before: `${verb} ${whole(noun)}`.trim(), target: { noun, id }, after };
  return { before: `${verb} the ${shown(noun)} that the event is about`, target: null, after };
}

interface Parts {
  verb: string;
  noun: Noun | null;
  after: string;
}

function partsOf(type: string, fields: JsonObject): Parts {
  const known = actionTypes.find((one) => one === type);
  const plain = type.replaceAll("-", " ");
  switch (known) {
    case undefined:
    case "do-nothing":
      return { verb: plain, noun: null, after: "" };
    case "run-deployment":
      return { verb: "run", noun: "deployment", after: runAfter(fields) };
    case "suspend-flow-run":
      return { verb: "suspend", noun: "flowRun", after: waitAfter(fields) };
    case "resume-flow-run":
      return { verb: "resume", noun: "flowRun", after: fields.input == null ? "" : " with an answer" };
    case "change-flow-run-state":
      return {
        verb: "put",
        noun: "flowRun",
        after: ` into ${textOf(fields.name) ?? textOf(fields.state) ?? "a state"}`,
      };
    case "emit-event":
      return { verb: `emit ${textOf(fields.event) ?? "an event"}`, noun: null, after: "" };
    case "send-notification":
      return { verb: "notify by", noun: "block", after: `: ${textOf(fields.subject) ?? ""}` };
    case "call-webhook":
      return { verb: "call", noun: "block", after: "" };
    default:
      return { verb: known.slice(0, known.indexOf("-")), noun: nounOf(known), after: "" };
  }
}

/** What a type that is called after its target acts upon. */
function nounOf(type: string): Noun | null {
  const kinds = Object.entries(nouns) as [Noun, (typeof nouns)[Noun]][]; // the table's own keys
  return kinds.find(([, { kind }]) => type.endsWith(kind.slice("prefect.".length)))?.[0] ?? null;
}

/** People know a flow run as a run. */
function shown(noun: Noun): string {
  return noun === "flowRun" ? "run" : nouns[noun].thing;
}

/** A block's name says what it is. */
function whole(noun: Noun): string {
  return noun === "block" ? "" : shown(noun);
}

function runAfter({ parameters, schedule_after }: JsonObject): string {
  const names = isJsonObject(parameters) ? Object.keys(parameters) : [];
  const later = typeof schedule_after === "number" && schedule_after > 0;
  return `${names.length === 0 ? "" : ` with ${listText(names)}`}${later ? `, ${durationText(schedule_after)} later` : ""}`;
}

function waitAfter({ timeout }: JsonObject): string {
  if (timeout === null) return ", until somebody resumes it";
  return typeof timeout === "number" ? `, for ${durationText(timeout)} at most` : "";
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
