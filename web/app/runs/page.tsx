import type { Metadata } from "next";
import { read, readPage } from "../../lib/graphql/server.ts";
import { NoSuchPage } from "../../ui/no-such-page.tsx";
import { flowNamesDocument, runsDocument, upcomingDocument } from "./documents.ts";
import { Filters } from "./filters.tsx";
import { LiveRuns } from "./live-runs.tsx";
import { pageSize } from "./page-size.ts";
import { readRunsSearch, runsFilter, runsHref, upcomingBeside } from "./search-params.ts";

export const metadata: Metadata = { title: "Runs" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunsPage({ searchParams }: Props) {
  const search = readRunsSearch(await searchParams);
  const [found, upcoming, { deployments }] = await Promise.all([
    readPage(runsDocument, { filter: runsFilter(search), first: pageSize, after: search.after }),
    read(upcomingDocument, { filter: runsFilter(upcomingBeside(search)) }),
    read(flowNamesDocument, {}),
  ]);
  const names = [...deployments, ...(found?.flowRuns.nodes ?? [])].map(({ flow }) => flow.name);
  const flows = [...new Set(search.flow === null ? names : [...names, search.flow])].sort();
  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">Runs</h1>
      <Filters search={search} flows={flows} deployments={deployments} />
      {found === null ? (
        <NoSuchPage href={runsHref({ ...search, after: null })} />
      ) : (
        <LiveRuns
          key={runsHref(search)}
          search={search}
          initial={found.flowRuns}
          upcoming={upcoming.flowRuns.totalCount}
        />
      )}
    </div>
  );
}
