"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { TypedSearch } from "../../ui/typed-search.tsx";
import { type BlocksSearch, blocksHref } from "./search-params.ts";

interface Props {
  search: BlocksSearch;
  types: readonly { slug: string; name: string }[];
}

/** What the list shows: every choice is an address. */
export function Filters({ search, types }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go = (next: BlocksSearch) =>
    startTransition(() => router.replace(blocksHref(next), { scroll: false }));
  return (
    <search aria-label="Filter blocks" aria-busy={pending} className="flex flex-wrap items-center gap-2">
      <TypedSearch
        label="Name contains"
        placeholder="Search by name"
        value={search.name}
        onValue={(name) => go({ ...search, name })}
        className="sm:w-72"
      />
      <select
        aria-label="Type"
        value={search.type ?? ""}
        onChange={({ target }) => go({ ...search, type: target.value === "" ? null : target.value })}
        className="control w-full sm:w-auto"
      >
        <option value="">All types</option>
        {types.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </search>
  );
}
