import type { Metadata } from "next";
import { readPage } from "../../../lib/graphql/server.ts";
import { FilterChip } from "../../../ui/filter-chip.tsx";
import { NoSuchPage } from "../../../ui/no-such-page.tsx";
import { failedActionRunsDocument } from "./documents.ts";
import { LiveFailed } from "./live-failed.tsx";
import { failedHref, failedVariables, readFailedSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Failed actions" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function FailedActionsPage({ searchParams }: Props) {
  const search = readFailedSearch(await searchParams);
  const initial = await readPage(failedActionRunsDocument, failedVariables(search));
  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">Failed actions</h1>
      <nav aria-label="Which actions" className="flex flex-wrap gap-2">
        <FilterChip href={failedHref({ discarded: false, after: null })} on={!search.discarded}>
          To be decided
        </FilterChip>
        <FilterChip href={failedHref({ discarded: true, after: null })} on={search.discarded}>
          Discarded
        </FilterChip>
      </nav>
      {initial === null ? (
        <NoSuchPage href={failedHref({ ...search, after: null })} />
      ) : (
        <LiveFailed key={failedHref(search)} search={search} initial={initial} />
      )}
    </div>
  );
}
