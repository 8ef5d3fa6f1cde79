import { itIs } from "../../core/document/describe-value.ts";
import { Fields } from "../../core/document/fields.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { readText } from "../../core/document/values.ts";
import { isPlainObject } from "../../core/json.ts";
import { present } from "./present.ts";

/** The one step that there is, by its own name or by the path of the function that it is elsewhere. */
const setsDirectory = /^(?:(?:prefect|antiphon)\.deployments\.steps\.)?set_working_directory$/;

/** The folder that a file's steps lead to, as it is written; null where they lead nowhere. */
export function readSteps(reading: Reading, given: Given): string | null {
  const fields = Fields.of(reading, given);
  refuseSteps(reading, fields);
  return readPull(reading, fields);
}

/** Refuses steps of `build` and `push`: nothing is built here, and code is not sent anywhere. */
function refuseSteps(reading: Reading, fields: Fields | null): void {
  for (const name of ["build", "push"]) {
    const given = present(fields, name);
    if (given === null || (Array.isArray(given.value) && given.value.length === 0)) continue;
    const steps = namesOf(given.value);
    const which = steps.length === 0 ? "it" : steps.join(", ");
    reading.refuse(given.path, `is done elsewhere: ${which} is not known here; leave ${name} out, or null`);
  }
}

function readPull(reading: Reading, fields: Fields | null): string | null {
  const given = present(fields, "pull");
  if (given === null) return null;
  if (!Array.isArray(given.value)) {
    reading.refuse(given.path, `must be a list of steps; ${itIs(given.value)}`);
    return null;
  }
  const found = given.value.map((value: unknown, at) =>
    readStep(reading, { value, path: [...given.path, String(at)] }),
  );
  return found.findLast((directory) => directory !== null) ?? null;
}

function readStep(reading: Reading, given: Given): string | null {
  const step = Fields.of(reading, given);
  if (step === null || !isPlainObject(given.value)) return null;
  let directory: string | null = null;
  for (const name of Object.keys(given.value)) {
    if (!setsDirectory.test(name)) {
      reading.refuse([...given.path, name], "is no step that is known here; there is set_working_directory");
      continue;
    }
    const fields = Fields.of(reading, { value: given.value[name], path: [...given.path, name] });
    fields?.only("set_working_directory", ["directory"]);
    directory = readText(reading, fields?.require("directory") ?? null, null);
  }
  return directory;
}

function namesOf(steps: unknown): string[] {
  return (Array.isArray(steps) ? steps : [steps]).flatMap((step: unknown) =>
    isPlainObject(step) ? Object.keys(step) : typeof step === "string" ? [step] : [],
  );
}
