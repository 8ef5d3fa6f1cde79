/** The page of a block. */
export function blockHref({ type, name }: { type: string; name: string }): string {
  return `/blocks/${encodeURIComponent(type)}/${encodeURIComponent(name)}`;
}
