import type { Labels } from "../event/event.ts";
import { labelValue } from "../event/label-spec.ts";
import type { Subject } from "./match.ts";

/** Where a value of the key is looked up: at the first related resource of a role, if some has it, else at the primary one. */
interface KeyLabel {
  readonly name: string;
  readonly related: { readonly role: string; readonly label: string } | null;
}

const compiled = new WeakMap<readonly string[], readonly KeyLabel[]>();

/** The values by which a trigger tells its buckets apart, in the order of the labels' names, as the trigger has them; a label that is not there is the empty text. */
export function bucketKey(forEach: readonly string[], event: Subject): readonly string[] {
  return forEach.length === 0 ? [] : keyLabelsOf(forEach).map((label) => lookUp(label, event));
}

/** The same with the labels that they are the values of. */
export function keyAsLabels(forEach: readonly string[], key: readonly string[]): Labels {
  return Object.fromEntries(keyLabelsOf(forEach).map(({ name }, index) => [name, key[index] ?? ""]));
}

function keyLabelsOf(forEach: readonly string[]): readonly KeyLabel[] {
  let labels = compiled.get(forEach);
  if (labels === undefined) {
    labels = forEach.map(keyLabel);
    compiled.set(forEach, labels);
  }
  return labels;
}

/** `related:ROLE:LABEL`: a role may hold colons, a label may not. */
function keyLabel(name: string): KeyLabel {
  const [, role, label] = /^related:(.*):([^:]*)$/s.exec(name) ?? [];
  return { name, related: role === undefined || label === undefined ? null : { role, label } };
}

function lookUp({ name, related }: KeyLabel, event: Subject): string {
  const inRole =
    related &&
    event.related.find((resource) => labelValue(resource, "prefect.resource.role") === related.role);
  return (inRole ? labelValue(inRole, related.label) : labelValue(event.resource, name)) ?? "";
}
