import type { Metadata } from "next";
import Link from "next/link";
import { readPage } from "../../lib/graphql/server.ts";
import { buttonClass } from "../../ui/button.tsx";
import { NoSuchPage } from "../../ui/no-such-page.tsx";
import { automationsDocument } from "./documents.ts";
import { Filters } from "./filters.tsx";
import { LiveAutomations } from "./live-automations.tsx";
import { automationsHref, automationsVariables, readAutomationsSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Automations" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AutomationsPage({ searchParams }: Props) {
  const search = readAutomationsSearch(await searchParams);
  const initial = await readPage(automationsDocument, automationsVariables(search));
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Automations</h1>
        <div className="flex flex-wrap gap-2">
          <Link href="/automations/failed" className={buttonClass("plain")}>
            Failed actions
          </Link>
          <Link href="/automations/new" className={buttonClass("primary")}>
            New automation
          </Link>
        </div>
      </div>
      <Filters search={search} tags={initial?.automations.nodes.flatMap(({ tags }) => tags) ?? []} />
      {initial === null ? (
        <NoSuchPage href={automationsHref({ ...search, after: null })} />
      ) : (
        <LiveAutomations key={automationsHref(search)} search={search} initial={initial} />
      )}
    </div>
  );
}
