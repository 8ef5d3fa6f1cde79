import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
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
  const [{ flowRuns }, upcoming, { deployments }] = await Promise.all([
    read(runsDocument, { filter: runsFilter(search), first: pageSize, after: search.after }),
    read(upcomingDocument, { filter: runsFilter(upcomingBeside(search)) }),
    read(flowNamesDocument, {}),
  ]);
  const names = [...deployments, ...flowRuns.nodes].map(({ flow }) => flow.name);
  const flows = [...new Set(search.flow === null ? names : [...names, search.flow])].sort();
  return (
    <div className="flex flex-col gap-5">
      <h1 className="text-xl font-semibold tracking-tight">Runs</h1>
      <Filters search={search} flows={flows} deployments={deployments} />
      <LiveRuns
        key={runsHref(search)}
        search={search}
        initial={flowRuns}
        upcoming={upcoming.flowRuns.totalCount}
      />
    </div>
  );
}
