import type { Labels } from "../event/event.ts";
import { maxRelated } from "../event/fit.ts";

/** What the events of a run say of it. */
export interface ToldRun {
  id: string;
  name: string;
  flow: Named;
  deployment: (Named & { tags: readonly string[] }) | null;
  /** Where workers take it; none where it is left out. */
  queue?: ToldQueue | null | undefined;
  tags: readonly string[];
  /** The automations that led to it, first to last. */
  chain: readonly string[];
}

export interface Named {
  id: string;
  name: string;
}

/** A work queue with its pool, as events name them. */
export interface ToldQueue extends Named {
  pool: Named & { type: string };
}

/** A resource that an event is related to. */
export function relatedResource(id: string, role: string, name?: string | null): Labels {
  return {
    "prefect.resource.id": id,
    "prefect.resource.role": role,
    ...(name == null ? {} : { "prefect.resource.name": name }),
  };
}

/**
 * What an event of a run is related to, in the order of the specification of inputs (5.4): the flow, the deployment, the work queue and its
 * pool, the tags of the run and of its deployment, sorted, each once, and then `last`. Where they are too many it is tags that are left out; `taken` is how many others there are.
 */
export function relatedToRun(run: ToldRun, last: readonly Labels[] = [], taken = 0): Labels[] {
  const { flow, deployment } = run;
  const first = [relatedResource(`prefect.flow.${flow.id}`, "flow", flow.name)];
  if (deployment !== null)
    first.push(relatedResource(`prefect.deployment.${deployment.id}`, "deployment", deployment.name));
  if (run.queue != null) first.push(...relatedQueue(run.queue));
  const tags = [...new Set([...run.tags, ...(deployment?.tags ?? [])])].sort();
  const room = maxRelated - taken - first.length - last.length;
  return [...first, ...tags.slice(0, Math.max(0, room)).map(relatedTag), ...last];
}

/** A queue and its pool, as an event of something else is related to them. */
export function relatedQueue(queue: ToldQueue): Labels[] {
  return [
    relatedResource(`prefect.work-queue.${queue.id}`, "work-queue", queue.name),
    relatedPool(queue.pool),
  ];
}

/** A pool, as an event of something else is related to it. */
export function relatedPool({ id, name, type }: ToldQueue["pool"]): Labels {
  return {
    ...relatedResource(`prefect.work-pool.${id}`, "work-pool", name),
    "prefect.work-pool.type": type,
  };
}

function relatedTag(tag: string): Labels {
  return relatedResource(`prefect.tag.${tag}`, "tag");
}

/** The run itself, as an event of something else is related to it. */
export function relatedRun(run: Named): Labels {
  return relatedResource(`prefect.flow-run.${run.id}`, "flow-run", run.name);
}
