import { itIs } from "../document/describe-value.ts";
import type { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readSeconds } from "../document/values.ts";
import type { TriggerDefinition } from "./trigger.ts";
import { type TriggerReading, unreadable } from "./trigger-reading.ts";

/** How deep members may be nested, and how many there may be in all. */
const deepest = 8;
const mostMembers = 100;

/** The fields of their documents besides `type`. */
export const compositeFields = {
  compound: ["require", "triggers", "within"],
  sequence: ["triggers", "within"],
} as const;

export function readComposite(
  within: TriggerReading,
  type: "compound" | "sequence",
  fields: Fields,
): TriggerDefinition {
  const { reading, besides } = within;
  const typed = reading.dialect === "input";
  fields.only(
    `a ${type} trigger`,
    [...(typed ? [] : ["type"]), ...compositeFields[type], ...besides],
    ["id"],
  );
  const given = fields.require("triggers");
  const triggers = given === null ? [] : readMembers(within, given);
  const limit = readLimit(reading, fields.get("within"));
  if (type === "sequence") return { type, triggers, within: limit };
  const needed = fields.require("require");
  const require = needed === null ? "all" : readNeeded(reading, needed, triggers.length);
  return { type, require, triggers, within: limit };
}

/** Missing and null mean no limit. */
function readLimit(reading: Reading, given: Given | null): number | null {
  if (given === null || given.value === null) return null;
  return readSeconds(reading, given, { least: 0, otherwise: 0 });
}

function readMembers(within: TriggerReading, { value, path }: Given): TriggerDefinition[] {
  const { reading, count } = within;
  if (!Array.isArray(value)) {
    reading.refuse(path, `must be a list of triggers; ${itIs(value)}`);
    return [];
  }
  if (value.length === 0) {
    reading.refuse(path, "must have at least one member; it is empty");
    return [];
  }
  if (within.depth >= deepest) {
    reading.refuse(path, `is too deep: members may be nested at most ${deepest} levels deep`);
    return Array.from(value, () => unreadable);
  }
  const before = count.members;
  count.members += value.length;
  if (count.members > mostMembers) {
    // Said once, at the list that passes the limit.
    if (before <= mostMembers)
      reading.refuse(
        path,
        `brings the members to ${count.members}: a trigger has at most ${mostMembers} in all`,
      );
    return Array.from(value, () => unreadable);
  }
  const inner = { ...within, depth: within.depth + 1, besides: [] };
  return Array.from(value, (member: unknown, index) =>
    within.readMember(inner, { value: member, path: [...path, String(index)] }),
  );
}

/** In typed input a number comes as text. */
function readNeeded(reading: Reading, { value, path }: Given, members: number): "any" | "all" | number {
  if (value === "any" || value === "all") return value;
  const typed = reading.dialect === "input" && typeof value === "string" && /^-?\d+$/.test(value);
  const needed = typed ? Number(value) : value;
  if (typeof needed !== "number" || !Number.isInteger(needed))
    reading.refuse(path, `must be any, all or an integer; ${itIs(value)}`);
  else if (needed < 1) reading.refuse(path, `must be at least 1; ${itIs(value)}`);
  else if (members > 0 && needed > members)
    reading.refuse(path, `must be at most ${members}, the number of members; ${itIs(value)}`);
  else return needed;
  return "all";
}
