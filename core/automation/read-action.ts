import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { meantName, suggestion } from "../document/nearest.ts";
import { readOneOf } from "../document/one-of.ts";
import type { Given, Reading } from "../document/reading.ts";
import type { Action } from "./action.ts";
import { actionKinds, actionTypes } from "./action-kinds.ts";

const unreadable: Action = { type: "do-nothing" };

/** A list of actions; empty where it is left out. */
export function readActions(reading: Reading, given: Given | null): Action[] {
  if (given === null) return [];
  const { value, path } = given;
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) =>
      readAction(reading, { value: item, path: [...path, String(index)] }),
    );
  }
  reading.refuse(path, `must be a list of actions; ${itIs(value)}`);
  return [];
}

function readAction(reading: Reading, given: Given): Action {
  const fields = Fields.of(reading, given);
  if (fields === null) return unreadable;
  return reading.dialect === "input" ? ofInput(reading, fields) : ofDocument(reading, fields);
}

function ofInput(reading: Reading, fields: Fields): Action {
  const members = actionTypes.map((type) => type.replaceAll("-", "_"));
  fields.only("an action", members);
  const chosen = readOneOf(reading, fields, members);
  const type = actionTypes.find((one) => one.replaceAll("-", "_") === chosen?.member);
  if (chosen === null || type === undefined) return unreadable;
  return actionKinds[type].readInput(reading, chosen.given);
}

function ofDocument(reading: Reading, fields: Fields): Action {
  const given = fields.require("type");
  if (given === null) return unreadable;
  const type = actionTypes.find((one) => one === given.value);
  if (type === undefined) {
    const near = typeof given.value === "string" ? suggestion(given.value, actionTypes) : "";
    reading.refuse(given.path, `is no type of action; ${itIs(given.value)}${near}`);
  }
  const meant = type ?? meantName(given.value, actionTypes);
  if (meant === null) return unreadable;
  const kind = actionKinds[meant];
  fields.only(`the action ${meant}`, ["type", ...kind.fields]);
  return kind.readDocument(reading, fields);
}
