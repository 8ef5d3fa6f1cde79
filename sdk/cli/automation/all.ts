import {
  type AutomationFilter,
  type AutomationSort,
  ListAutomationsDocument,
  type ListAutomationsQuery,
  type ListAutomationsQueryVariables,
  type ShownAutomationFragment,
} from "../../gql/graphql.ts";
import { request } from "../request.ts";

/** Which automations, in which order. */
export interface Wanted {
  /** A part of the name. */
  name?: string | undefined;
  filter?: AutomationFilter;
  sort?: AutomationSort;
}

/** All automations that are wanted, page after page. */
export async function all({ name, filter, sort }: Wanted = {}): Promise<ShownAutomationFragment[]> {
  const found: ShownAutomationFragment[] = [];
  let after: string | null = null;
  do {
    const variables: ListAutomationsQueryVariables = {
      after,
      nameLike: name ?? null,
      filter: filter ?? null,
      sort: sort ?? "NAME_ASC",
    };
    const { automations }: ListAutomationsQuery = await request(ListAutomationsDocument, variables);
    found.push(...automations.nodes);
    after = automations.pageInfo.hasNextPage ? (automations.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return found;
}
