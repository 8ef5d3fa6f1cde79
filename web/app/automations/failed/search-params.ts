import type { FailedActionRunsQueryVariables } from "../../../gql/graphql.ts";
import { pageSize } from "../page-size.ts";

/** What the list of failed actions shows, as its address says it. */
export interface FailedSearch {
  /** Those that were discarded, in the place of those that were not. */
  discarded: boolean;
  after: string | null;
}

/** Reads the address; what does not make sense in it is left out. */
export function readFailedSearch(params: Record<string, string | string[] | undefined>): FailedSearch {
  const { after } = params;
  return {
    discarded: params.discarded === "true",
    after: typeof after === "string" && after !== "" ? after : null,
  };
}

/** The address of a search. */
export function failedHref({ discarded, after }: FailedSearch): string {
  const params = new URLSearchParams();
  if (discarded) params.set("discarded", "true");
  if (after !== null) params.set("after", after);
  return params.size === 0 ? "/automations/failed" : `/automations/failed?${params}`;
}

/** The same search as the API takes it. */
export function failedVariables({ discarded, after }: FailedSearch): FailedActionRunsQueryVariables {
  return { first: pageSize, after, discarded };
}
