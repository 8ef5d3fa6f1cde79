import { access } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { readText } from "../read-text.ts";
import { documentsIn } from "../read-yaml.ts";
import { triggerOption } from "./trigger-option.ts";

/** A deployment file, or none: then everything comes from options. */
export interface Source {
  /** As it is called in messages; null where there is none. */
  file: string | null;
  value: unknown;
  /** Where something stands: file and line, or the option that says it. */
  where(path: readonly string[]): string;
}

const defaults = ["antiphon.yaml", "prefect.yaml"];

/** The file that is named, else the first of `antiphon.yaml` and `prefect.yaml` that is in the folder. */
export async function readSource(named: string | undefined): Promise<Source> {
  const file = named ?? (await firstThere());
  if (file === null)
    return { file, value: {}, where: ([first]) => (first === triggerOption ? "--trigger" : "the options") };
  const [document, ...more] = documentsIn(file, await readText(file));
  if (document === undefined) throw new Failure(`${file} is empty`);
  if (more.length > 0)
    throw new Failure(`${file} holds ${more.length + 1} documents; a deployment file is one`);
  return {
    file,
    value: document.value,
    where: (path) => (path[0] === triggerOption ? "--trigger" : document.place(path)),
  };
}

async function firstThere(): Promise<string | null> {
  for (const name of defaults) {
    const isThere = await access(name).then(
      () => true,
      () => false,
    );
    if (isThere) return name;
  }
  return null;
}
