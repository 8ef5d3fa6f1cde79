import { flow, getRunContext } from "../../../sdk/index.ts";

/** Runs `code` as a flow's code and returns what it returns. */
export function inRun<R>(name: string, code: (runId: string) => Promise<R>): Promise<R> {
  return flow(name, () => code(getRunContext().flowRun.id))();
}

/** Everything that comes until it ends. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
