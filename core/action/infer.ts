import type { Labels } from "../event/event.ts";
import { isId } from "../id.ts";

/** An event as far as a target can be found in it. */
export interface InvolvedResources {
  readonly resource: Labels;
  readonly related: readonly Labels[];
}

/**
 * The id of the thing of one kind, such as `prefect.deployment`, that events are about: of the first involved resource of that kind with
 * a usable id, the primary resource before the related ones, in the first event that has one. Null where none has.
 */
export function inferId(kind: string, events: readonly InvolvedResources[]): string | null {
  for (const { resource, related } of events) {
    for (const involved of [resource, ...related]) {
      const id = idOfKind(kind, involved["prefect.resource.id"]);
      if (id !== null) return id;
    }
  }
  return null;
}

/** The labels of `for_each` that may name a run, in the order in which they are asked. */
const runLabels = ["prefect.resource.id", "related:flow-run:prefect.resource.id"];

/** The run that a firing's labels name; null where they name none. */
export function runOfLabels(labels: Labels): string | null {
  for (const label of runLabels) {
    const id = idOfKind("prefect.flow-run", labels[label]);
    if (id !== null) return id;
  }
  return null;
}

/** The last part of a resource id, where the rest is the kind, and that part can be an id of ours. */
function idOfKind(kind: string, resourceId = ""): string | null {
  const dot = resourceId.lastIndexOf(".");
  const tail = resourceId.slice(dot + 1);
  return resourceId.slice(0, dot) === kind && isId(tail) ? tail.toLowerCase() : null;
}
