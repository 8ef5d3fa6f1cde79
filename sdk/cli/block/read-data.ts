import type { FormValue } from "../../../core/form/value.ts";
import { isPlainObject } from "../../../core/json.ts";
import { Failure } from "../failure.ts";
import { readText } from "../read-text.ts";
import { documentsIn } from "../read-yaml.ts";

/** The data of a block in a file, as YAML or JSON. */
export async function readData(file: string): Promise<FormValue> {
  const text = await readText(file);
  const from = file === "-" ? "the standard input" : file;
  const [document, ...others] = documentsIn(from, text);
  if (others.length > 0) throw new Failure(`${from} holds ${others.length + 1} documents; a block is one`);
  const data = document?.value;
  if (!isPlainObject(data)) throw new Failure(`${from} holds no object: the data of a block is one`);
  return data as FormValue; // what YAML holds; the server judges it
}
