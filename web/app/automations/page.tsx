import type { Metadata } from "next";
import Link from "next/link";
import { read } from "../../lib/graphql/server.ts";
import { buttonClass } from "../../ui/button.tsx";
import { AutomationItem } from "./automation-item.tsx";
import { automationsDocument } from "./documents.ts";
import { Filters } from "./filters.tsx";
import { NoAutomations } from "./no-automations.tsx";
import { readDeploymentNames } from "./read-deployment-names.ts";
import { RefreshOnEvents } from "./refresh-on-events.tsx";
import { automationsHref, readAutomationsSearch } from "./search-params.ts";
import { triggerWords } from "./words.ts";

export const metadata: Metadata = { title: "Automations" };

const pageSize = 50;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AutomationsPage({ searchParams }: Props) {
  const search = readAutomationsSearch(await searchParams);
  const { name, tags, after } = search;
  const [{ automations }, deployments] = await Promise.all([
    read(automationsDocument, {
      first: pageSize,
      after,
      nameLike: name,
      tags: tags.length === 0 ? null : tags,
    }),
    readDeploymentNames(),
  ]);
  const { nodes, pageInfo, totalCount } = automations;
  return (
    <div className="flex flex-col gap-5">
      <RefreshOnEvents filter={{ events: ["prefect.automation.*"] }} />
      <h1 className="text-xl font-semibold tracking-tight">Automations</h1>
      <Filters search={search} tags={nodes.flatMap((automation) => automation.tags)} />
      <section aria-label="Automations" className="flex flex-col gap-3">
        <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
          {nodes.length === 0 ? (
            <NoAutomations search={search} />
          ) : (
            <ul className="divide-y divide-line">
              {nodes.map((automation) => (
                <AutomationItem
                  key={automation.id}
                  automation={automation}
                  trigger={triggerWords(automation.document)}
                  deployments={deployments}
                />
              ))}
            </ul>
          )}
        </div>
        <div className="flex items-center gap-2 text-[13px] text-soft">
          <span className="tabular-nums">
            {totalCount} {totalCount === 1 ? "automation" : "automations"}
          </span>
          <nav aria-label="Pages" className="ml-auto flex gap-2">
            {after === null ? null : (
              <Link
                href={automationsHref({ ...search, after: null })}
                className={buttonClass("plain", "small")}
              >
                First page
              </Link>
            )}
            {pageInfo.hasNextPage ? (
              <Link
                href={automationsHref({ ...search, after: pageInfo.endCursor ?? null })}
                className={buttonClass("plain", "small")}
              >
                Next page
              </Link>
            ) : null}
          </nav>
        </div>
      </section>
    </div>
  );
}
