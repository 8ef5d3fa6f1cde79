import {
  ListAutomationsDocument,
  type ListAutomationsQuery,
  type ListAutomationsQueryVariables,
  type ShownAutomationFragment,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";

/** All automations whose names hold a text and that have all of some tags, page after page. */
export async function all(filter: { name?: string; tags?: string[] }): Promise<ShownAutomationFragment[]> {
  const found: ShownAutomationFragment[] = [];
  let after: string | null = null;
  do {
    const variables: ListAutomationsQueryVariables = {
      after,
      nameLike: filter.name ?? null,
      tags: filter.tags ?? null,
    };
    const { automations }: ListAutomationsQuery = await request(ListAutomationsDocument, variables);
    found.push(...automations.nodes);
    after = automations.pageInfo.hasNextPage ? (automations.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return found;
}
