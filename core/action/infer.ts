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
      const id = involved["prefect.resource.id"] ?? "";
      const dot = id.lastIndexOf(".");
      const tail = id.slice(dot + 1);
      if (id.slice(0, dot) === kind && isId(tail)) return tail.toLowerCase();
    }
  }
  return null;
}
