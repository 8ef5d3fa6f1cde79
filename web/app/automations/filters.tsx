"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { FilterChip } from "../../ui/filter-chip.tsx";
import { TypedSearch } from "../../ui/typed-search.tsx";
import { type AutomationsSearch, automationsHref } from "./search-params.ts";

interface Props {
  search: AutomationsSearch;
  /** Tags of the automations on this page. */
  tags: readonly string[];
}

/** What the list shows: every choice is an address. */
export function Filters({ search, tags }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go = (name: string | null) => {
    const href = automationsHref({ ...search, name, after: null });
    startTransition(() => router.replace(href, { scroll: false }));
  };
  const shown = [...new Set([...search.tags, ...tags])].sort();
  const toggled = (tag: string) =>
    search.tags.includes(tag) ? search.tags.filter((other) => other !== tag) : [...search.tags, tag];
  return (
    <search aria-label="Filter automations" aria-busy={pending} className="flex flex-wrap items-center gap-2">
      <TypedSearch
        label="Name contains"
        placeholder="Search by name"
        value={search.name}
        onValue={go}
        className="sm:w-72"
      />
      {shown.map((tag) => (
        <FilterChip
          key={tag}
          href={automationsHref({ ...search, tags: toggled(tag), after: null })}
          on={search.tags.includes(tag)}
        >
          <span className="max-w-60 truncate">{tag}</span>
        </FilterChip>
      ))}
    </search>
  );
}
