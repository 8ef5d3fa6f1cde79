import { TargetNamesDocument } from "../../gql/graphql.ts";
import { request } from "../request.ts";

/** What the things that actions name are called, by their ids. */
export async function targetNames(): Promise<ReadonlyMap<string, string>> {
  const { deployments, blocks, workPools } = await request(TargetNamesDocument, {});
  return new Map([
    ...deployments.map(({ id, fullName }) => [id, fullName] as const),
    ...blocks.map(({ id, type, name }) => [id, name ? `${type}/${name}` : id] as const),
    ...workPools.map(({ id, name }) => [id, name] as const),
    ...workPools.flatMap((pool) => pool.queues.map(({ id, name }) => [id, `${pool.name}/${name}`] as const)),
  ]);
}
