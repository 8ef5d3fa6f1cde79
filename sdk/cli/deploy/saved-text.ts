import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { isPlainObject, jsonEquals } from "../../../core/json.ts";
import type { FileDeployment } from "../../deployment-file/read-deployment.ts";
import { Failure } from "../failure.ts";
import { documentsIn } from "../read-yaml.ts";
import { type DeployOptions, overridesOf, withOverrides, withoutOverridden } from "./options.ts";
import { planOf } from "./plan.ts";
import type { Source } from "./source.ts";
import { readTriggerOptions } from "./trigger-option.ts";

/**
 * The file's text with what the options say in it; null where it says it already.
 *
 * @throws Failure where no such text means the same
 */
export async function savedText(
  before: string,
  source: Source,
  entrypoint: string | undefined,
  options: DeployOptions,
  deployments: readonly FileDeployment[],
): Promise<string | null> {
  const overrides = overridesOf(entrypoint, options);
  const triggers = await readTriggerOptions(options);
  const document = parseDocument(before, { merge: true });
  for (const { path, name } of deployments) {
    const written = path.length === 0 ? { name } : valueAt(source.value, path);
    const value = withOverrides(withoutOverridden(written, overrides, triggers !== null), overrides);
    const wanted = { ...object(value), ...(triggers && { triggers: triggers.map((one) => one.value) }) };
    if (path.length > 0) change(document, path, object(written), wanted);
    else add(document, object(source.value).deployments, wanted);
  }
  const text = document.toString({ lineWidth: 0, indentSeq: !/:[ \t]*\n- /.test(before) });
  const [after] = documentsIn("it", text);
  if (after === undefined || jsonEquals(after.value, source.value)) return null;
  const added = deployments.filter(({ path }) => path.length === 0).length;
  if (!jsonEquals(others(after.value, deployments, added), others(source.value, deployments, 0)))
    throw new Failure("other parts of it share what would change");
  const again = await planOf({ ...source, value: after.value }, undefined, {
    name: deployments.map(({ name }) => name),
    triggers: true,
  });
  if (!jsonEquals(again.deployments.map(meaning), deployments.map(meaning)))
    throw new Failure("a file that says the same cannot be written: what is in {{ }} is filled in there");
  return text;
}

function add(document: Document, there: unknown, deployment: Record<string, unknown>): void {
  if (isSeq(document.getIn(["deployments"], true))) document.addIn(["deployments"], deployment);
  else if (there == null) document.setIn(["deployments"], document.createNode([deployment]));
  else throw new Failure("its list of deployments is written elsewhere");
}

/** Changes no more of the document than is another value, so that comments and the like stay. */
function change(
  document: Document,
  path: readonly string[],
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): void {
  for (const key of Object.keys(before)) if (!(key in after)) document.deleteIn([...path, key]);
  for (const [key, value] of Object.entries(after)) {
    const at = [...path, key];
    const old = before[key];
    if (jsonEquals(old, value)) continue;
    if (isPlainObject(old) && isPlainObject(value) && isMap(document.getIn(at, true)))
      change(document, at, old, value);
    else document.setIn(at, typeof value === "object" ? document.createNode(value) : value);
  }
}

/** What is in the file beside these deployments, of which new ones stand at its end. */
function others(value: unknown, deployments: readonly FileDeployment[], added: number): unknown {
  const { deployments: all, ...rest } = object(value);
  const changed = new Set(deployments.map(({ path }) => path.at(-1)));
  const kept = Array.isArray(all) ? all.map((one, at) => (changed.has(String(at)) ? null : one)) : [];
  return { ...rest, deployments: kept.slice(0, kept.length - added) };
}

/** What a deployment says, wherever it is written. */
function meaning({ path, triggers, ...deployment }: FileDeployment): unknown {
  return JSON.parse(JSON.stringify({ ...deployment, triggers: triggers.map(({ value }) => value) }));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => (Array.isArray(at) ? at[Number(step)] : object(at)[step]), value);
}

function object(value: unknown): Record<string, unknown> {
  return isPlainObject(value) ? value : {};
}
