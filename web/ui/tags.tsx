/** Tags, in their order. */
export function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Tags">
      {tags.map((tag) => (
        <li key={tag} className="max-w-40 truncate rounded bg-sunk px-1.5 py-0.5 text-[11px] text-soft">
          {tag}
        </li>
      ))}
    </ul>
  );
}
