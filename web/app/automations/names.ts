import type { BlockNameFragment, DeploymentNameFragment } from "../../gql/graphql.ts";
import { shownResource } from "../../ui/resource.ts";
import { blockHref } from "../blocks/address.ts";

/** What the things that automations name are called, and where they are shown, by their ids. */
export type Names = ReadonlyMap<string, { readonly name: string; readonly href: string }>;

/** What is read with automations so that they can be shown by names. */
export interface Named {
  readonly deployments: readonly DeploymentNameFragment[];
  readonly blocks: readonly BlockNameFragment[];
}

/** The names by id. */
export function namesOf({ deployments, blocks }: Named): Names {
  return new Map([
    ...deployments.map(
      ({ id, fullName }) =>
        [id, { name: fullName, href: shownResource(`prefect.deployment.${id}`).href }] as const,
    ),
    ...blocks.map(
      (block) => [block.id, { name: `${block.type}/${block.name}`, href: blockHref(block) }] as const,
    ),
  ]);
}
