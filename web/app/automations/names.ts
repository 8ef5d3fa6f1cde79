import type { BlockNameFragment, DeploymentNameFragment, PoolNameFragment } from "../../gql/graphql.ts";
import { shownResource } from "../../ui/resource.ts";
import { blockHref } from "../blocks/address.ts";

/** What the things that automations name are called, and where they are shown, by their ids. */
export type Names = ReadonlyMap<string, { readonly name: string; readonly href: string }>;

/** What is read with automations so that they can be shown by names. */
export interface Named {
  readonly deployments: readonly DeploymentNameFragment[];
  readonly blocks: readonly BlockNameFragment[];
  readonly workPools: readonly PoolNameFragment[];
}

/** Queues by the names of their pools and their own. */
export function queuesOf(pools: readonly PoolNameFragment[]): { id: string; name: string }[] {
  return pools.flatMap((pool) => pool.queues.map(({ id, name }) => ({ id, name: `${pool.name}/${name}` })));
}

/** The names by id. */
export function namesOf({ deployments, blocks, workPools }: Named): Names {
  const ours = (kind: string, { id, name }: { id: string; name: string }) =>
    [id, { name, href: shownResource(`prefect.${kind}.${id}`).href }] as const;
  return new Map([
    ...deployments.map(({ id, fullName }) => ours("deployment", { id, name: fullName })),
    ...workPools.map((pool) => ours("work-pool", pool)),
    ...queuesOf(workPools).map((queue) => ours("work-queue", queue)),
    ...blocks.map(
      (block) => [block.id, { name: `${block.type}/${block.name}`, href: blockHref(block) }] as const,
    ),
  ]);
}
