"use client";

import Link from "next/link";
import type { FailedActionRunsQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Moment } from "../../../ui/time.tsx";
import { ActionRun } from "../[id]/action-run.tsx";
import { namesOf } from "../names.ts";
import { failedActionRunsDocument } from "./documents.ts";
import { type FailedSearch, failedHref, failedVariables } from "./search-params.ts";

interface Props {
  search: FailedSearch;
  initial: FailedActionRunsQuery;
}

/** The failed actions that the server rendered, kept up to date. */
export function LiveFailed({ search, initial }: Props) {
  const { data, refusal, readAgain } = useFresh({
    document: failedActionRunsDocument,
    variables: failedVariables(search),
    initial,
    filter: { events: ["prefect.automation.action.*"] },
    everySeconds: 15,
  });
  const { nodes, pageInfo } = data.actionRuns;
  const names = namesOf(data);
  return (
    <>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {nodes.length === 0 ? (
          <Empty title={search.discarded ? "None was discarded" : "No failed actions"}>
            <p>
              {search.discarded
                ? "An action that failed is discarded where nothing is to be done about it."
                : "What an automation could not do, after all its attempts, stands here until it is retried or discarded."}
            </p>
          </Empty>
        ) : (
          <ol aria-label="Failed actions" className="divide-y divide-line">
            {nodes.map(({ firing, ...run }) => (
              <li key={run.id} className="flex flex-col gap-2 px-4 py-3 text-[13px]">
                <p className="flex flex-wrap items-baseline gap-x-3">
                  <Link
                    href={`/automations/${firing.automation.id}#${firing.id}`}
                    prefetch={false}
                    className="font-medium wrap-anywhere text-link"
                  >
                    {firing.automation.name}
                  </Link>
                  <Moment at={run.updatedAt} />
                </p>
                <ul aria-label="Action">
                  <ActionRun run={run} names={names} readAgain={readAgain} />
                </ul>
              </li>
            ))}
          </ol>
        )}
      </div>
      <nav aria-label="Pages" className="ml-auto flex gap-2">
        {search.after === null ? null : (
          <Link href={failedHref({ ...search, after: null })} className={buttonClass("plain", "small")}>
            First page
          </Link>
        )}
        {pageInfo.hasNextPage ? (
          <Link
            href={failedHref({ ...search, after: pageInfo.endCursor ?? null })}
            className={buttonClass("plain", "small")}
          >
            Next page
          </Link>
        ) : null}
      </nav>
    </>
  );
}
