import type { AutomationsQueryVariables } from "../../gql/graphql.ts";
import { pageSize } from "./page-size.ts";

/** What the list of automations shows, as its address says it. */
export interface AutomationsSearch {
  name: string | null;
  /** Each automation shown has all of these. */
  tags: string[];
  after: string | null;
}

type Params = Record<string, string | string[] | undefined>;

/** Reads the address; what does not make sense in it is left out. */
export function readAutomationsSearch(params: Params): AutomationsSearch {
  const all = (name: string) =>
    [params[name] ?? []]
      .flat()
      .map((value) => value.trim())
      .filter((value) => value !== "");
  return {
    name: all("name").at(-1) ?? null,
    tags: [...new Set(all("tag"))],
    after: all("after").at(-1) ?? null,
  };
}

/** The address of a search. */
export function automationsHref({ name, tags, after }: AutomationsSearch): string {
  const params = new URLSearchParams();
  if (name !== null) params.set("name", name);
  for (const tag of tags) params.append("tag", tag);
  if (after !== null) params.set("after", after);
  return params.size === 0 ? "/automations" : `/automations?${params}`;
}

/** The same search as the API takes it. */
export function automationsVariables({ name, tags, after }: AutomationsSearch): AutomationsQueryVariables {
  return { first: pageSize, after, nameLike: name, tags: tags.length === 0 ? null : tags };
}
