import { parse } from "yaml";
import type { FormValue } from "../../../core/form/value.ts";
import { isPlainObject } from "../../../core/json.ts";
import { Failure } from "../failure.ts";
import { readText } from "../read-text.ts";

/** The data of a block in a file, as YAML or JSON. */
export async function readData(file: string): Promise<FormValue> {
  const text = await readText(file);
  const from = file === "-" ? "the standard input" : file;
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new Failure(`${from} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  if (!isPlainObject(data)) throw new Failure(`${from} holds no object: the data of a block is one`);
  return data as FormValue; // what YAML holds; the server judges it
}
