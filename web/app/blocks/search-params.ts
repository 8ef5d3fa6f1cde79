/** What the list of blocks shows, as its address says it. */
export interface BlocksSearch {
  type: string | null;
  /** A part of the name, letter case ignored. */
  name: string | null;
}

/** Reads the address; what does not make sense in it is left out. */
export function readBlocksSearch(params: Record<string, string | string[] | undefined>): BlocksSearch {
  const last = (name: string) => [params[name]].flat().at(-1)?.trim() || null;
  return { type: last("type"), name: last("name") };
}

/** The address of a search. */
export function blocksHref({ type, name }: BlocksSearch): string {
  const params = new URLSearchParams();
  if (type !== null) params.set("type", type);
  if (name !== null) params.set("name", name);
  return params.size === 0 ? "/blocks" : `/blocks?${params}`;
}
