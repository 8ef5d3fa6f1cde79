import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isPlainObject } from "../../../core/json.ts";
import { Failure } from "../failure.ts";
import { readText } from "../read-text.ts";
import { documentsIn, type FileDocument } from "../read-yaml.ts";

/** An automation as a file has it. */
export interface Written {
  document: unknown;
  /** Its name, or which one it is of those in its file. */
  name: string;
  /** `<file>:<line>` of what is at this path in the document, or of the nearest thing around it. */
  where(path: readonly string[]): string;
}

const kinds = [".yaml", ".yml", ".json"];

/** All automations of files, folders and the standard input (`-`). Nothing is answered where one file cannot be read. */
export async function readFiles(given: readonly string[]): Promise<Written[]> {
  const files = (await Promise.all(given.map(filesOf))).flat();
  const found: Written[] = [];
  for (const file of files) found.push(...(await automationsOfFile(file)));
  return found;
}

async function filesOf(given: string): Promise<string[]> {
  if (given === "-") return [given];
  const found = await stat(given).catch(() => null);
  if (found?.isDirectory()) {
    const names = (await readdir(given, { recursive: true })).filter((name) =>
      kinds.includes(path.extname(name)),
    );
    if (names.length > 0) return names.sort().map((name) => path.join(given, name));
    throw new Failure(`the folder ${given} holds no .yaml, .yml or .json file`);
  }
  if (found === null || kinds.includes(path.extname(given))) return [given];
  throw new Failure(`${given} is no .yaml, .yml or .json file`);
}

async function automationsOfFile(file: string): Promise<Written[]> {
  const name = file === "-" ? "standard input" : file;
  return automationsIn(name, documentsIn(name, await readText(file)));
}

/** All automations of the documents of a file. */
export function automationsIn(file: string, documents: readonly FileDocument[]): Written[] {
  const found = documents.flatMap(({ value, place }) => automationsOf(value, place));
  if (found.length === 0) throw new Failure(`${file} holds no automation`);
  return found;
}

function automationsOf(value: unknown, place: (path: readonly string[]) => string): Written[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((one, at) => written(one, [String(at)], place));
  if (!isPlainObject(value) || !("automations" in value)) return [written(value, [], place)];
  const { automations, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new Failure(`${place([other])}: beside automations there is no ${JSON.stringify(other)}`);
  if (!Array.isArray(automations)) throw new Failure(`${place(["automations"])}: automations must be a list`);
  return automations.map((one, at) => written(one, ["automations", String(at)], place));
}

function written(document: unknown, at: string[], place: (path: readonly string[]) => string): Written {
  const name = isPlainObject(document) && typeof document.name === "string" ? document.name : "";
  const where = (path: readonly string[]) => place([...at, ...path]);
  return { document, name: name || `the automation at ${where([])}`, where };
}
