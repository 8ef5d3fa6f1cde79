import { isIP } from "node:net";
import type { BlockType } from "../../core/block/block-type.ts";
import { blockType, blockTypes } from "../../core/block/block-types.ts";
import { checkDocument } from "../../core/block/check-document.ts";
import { type SecretPlaces, secretPlaces } from "../../core/block/secret-places.ts";
import { splitSecrets, withStoredSecrets } from "../../core/block/secrets.ts";
import { suggestion } from "../../core/document/nearest.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isJsonObject, type Json, type JsonObject, jsonProblem } from "../../core/json.ts";
import { nameProblem } from "../../core/name.ts";
import type { Context } from "../context.ts";
import { mayReach } from "../outgoing/allowed-addresses.ts";
import { refusal } from "../outgoing/check-host.ts";
import { sealSecrets } from "./sealed-secrets.ts";

/** A block as it was given, of a known type under a good name; the document is JSON, and no more is known of it. */
export interface Naming {
  readonly type: BlockType;
  readonly name: string;
  readonly data: JsonObject;
  readonly places: SecretPlaces;
  readonly hasSecrets: boolean;
}

/** A block that can be stored. */
export interface CheckedBlock {
  readonly type: string;
  readonly name: string;
  /** Secrets masked. */
  readonly shown: JsonObject;
  readonly sealed: string | null;
}

/** @throws InvalidInputError with everything that is wrong besides the document's fields */
export function checkNaming(given: { type: string; name: string; data?: unknown }, maxBytes: number): Naming {
  const { name } = given;
  const type = blockType(given.type);
  const issues: Issue[] = [];
  if (type === null) issues.push({ path: ["type"], message: unknownType(given.type) });
  const wrongName = blockNameProblem(name, type);
  if (wrongName !== null) issues.push({ path: ["name"], message: wrongName });
  const problem = jsonProblem(given.data ?? null, { maxBytes });
  if (problem !== null) issues.push({ path: ["data", ...problem.path], message: problem.message });
  const data = (problem === null ? (given.data ?? null) : null) as Json; // what jsonProblem has found to be JSON
  if (problem === null && !isJsonObject(data)) issues.push({ path: ["data"], message: "must be an object" });
  if (type === null || !isJsonObject(data) || issues.length > 0) throw new InvalidInputError(issues);
  const places = secretPlaces(type);
  return { type, name, data, places, hasSecrets: places.fields.length + places.objects.length > 0 };
}

/**
 * @param kept the secrets of the block that is there; null where there is none
 * @throws InvalidInputError with everything that is wrong with the document
 */
export function checkBlock(
  ctx: Context,
  { type, name, data, places }: Naming,
  kept: JsonObject | null,
): CheckedBlock {
  const meant = withStoredSecrets(data, places, kept);
  const checked = checkDocument(type, meant.data);
  const found = checked.ok ? addressIssues(ctx, checked.data) : checked.issues;
  // A mask that stands for nothing is told as that alone.
  const told = new Set(meant.issues.map(({ path }) => path.join("\n")));
  const issues = [...meant.issues, ...found.filter(({ path }) => !told.has(path.join("\n")))];
  if (issues.length > 0 || !checked.ok)
    throw new InvalidInputError(issues.map(({ path, message }) => ({ path: ["data", ...path], message })));
  const { shown, secrets } = splitSecrets(jsonObjectOf(checked.data), places);
  return { type: type.slug, name, shown, sealed: sealSecrets(ctx, type.slug, name, secrets) };
}

/** A private address is told when it is saved; a name is looked up when it is called. */
function addressIssues({ settings }: Context, data: unknown): Issue[] {
  const { url } = data as { url?: unknown }; // any document; the types with a url have it as text
  if (typeof url !== "string" || !URL.canParse(url)) return [];
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) === 0 || mayReach(settings.allowedAddresses, host, host)) return [];
  return [{ path: ["url"], message: refusal(host, host) }];
}

function blockNameProblem(name: string, type: BlockType | null): string | null {
  const problem = nameProblem(name);
  if (problem !== null) return problem;
  if (type === null || type.slug === "json" || /^[a-z0-9-]+$/.test(name)) return null;
  return `a name has small letters, digits and dashes, such as ops-channel; this one is ${JSON.stringify(name)}`;
}

function unknownType(slug: string): string {
  const known = blockTypes.map((type) => type.slug);
  return `${JSON.stringify(slug)} is no type of block${suggestion(slug, known)}`;
}

/** Without what is undefined. */
function jsonObjectOf(data: unknown): JsonObject {
  const copy: Json = JSON.parse(JSON.stringify(data));
  return isJsonObject(copy) ? copy : {};
}
