import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { meantName, suggestion } from "../document/nearest.ts";
import { readOneOf } from "../document/one-of.ts";
import type { Reading } from "../document/reading.ts";
import type { Trigger } from "./trigger.ts";

type Kind = Trigger["type"];

/** The kinds of triggers, as `type` names them. */
export const triggerKinds = ["event", "compound", "sequence", "metric"] as const satisfies readonly Kind[];

interface Chosen {
  kind: Kind;
  fields: Fields;
}

/** Of typed input: the kind is the name of the one member, which holds the fields. */
export function chosenKind(reading: Reading, fields: Fields): Chosen | null {
  const chosen = readOneOf(reading, fields, triggerKinds);
  if (chosen === null) return null;
  const inner = Fields.of(reading, chosen.given);
  return inner === null ? null : { kind: chosen.member, fields: inner };
}

/** Of documents: what `type` says, or was meant to say, else what the fields tell. */
export function statedKind(reading: Reading, fields: Fields): Chosen | null {
  const type = fields.get("type");
  if (type === null) return { kind: inferredKind(fields), fields };
  const kind = triggerKinds.find((one) => one === type.value);
  if (kind !== undefined) return { kind, fields };
  const near = typeof type.value === "string" ? suggestion(type.value, triggerKinds, "nearest") : "";
  reading.refuse(type.path, `must be event, compound, sequence or metric; ${itIs(type.value)}${near}`);
  const meant = meantName(type.value, triggerKinds);
  return meant === null ? null : { kind: meant, fields };
}

function inferredKind(fields: Fields): Kind {
  if (fields.get("posture")?.value === "Metric") return "metric";
  if (!fields.has("triggers")) return "event";
  return fields.has("require") ? "compound" : "sequence";
}
