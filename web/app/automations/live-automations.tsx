"use client";

import Link from "next/link";
import type { AutomationsQuery } from "../../gql/graphql.ts";
import { useFresh } from "../../lib/graphql/use-fresh.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { AutomationItem } from "./automation-item.tsx";
import { automationsDocument } from "./documents.ts";
import { namesOf } from "./names.ts";
import { NoAutomations } from "./no-automations.tsx";
import { type AutomationsSearch, automationsHref, automationsVariables } from "./search-params.ts";

interface Props {
  search: AutomationsSearch;
  initial: AutomationsQuery;
}

/** The list that the server rendered, kept up to date. */
export function LiveAutomations({ search, initial }: Props) {
  const { data, refusal, readAgain } = useFresh({
    document: automationsDocument,
    variables: automationsVariables(search),
    initial,
    filter: { events: ["prefect.automation.*"] },
  });
  const { nodes, pageInfo, totalCount } = data.automations;
  const names = namesOf(data);
  return (
    <>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
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
                  names={names}
                  readAgain={readAgain}
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
            {search.after === null ? null : (
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
    </>
  );
}
