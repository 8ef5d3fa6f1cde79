"use client";

import Link from "next/link";
import { useState } from "react";
import type { FailedActionRunsQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { namesOf } from "../names.ts";
import { failedActionRunsDocument } from "./documents.ts";
import { type FailedAction, FailedEntry } from "./failed-entry.tsx";
import { RetriedEntry } from "./retried-entry.tsx";
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
  const [retried, setRetried] = useState<readonly Retried[]>([]);
  const shown = withRetried(nodes, retried);
  return (
    <>
      {refusal === null ? null : <Notice look="bad">This list is not live: {refusal}</Notice>}
      <div className="overflow-hidden rounded-xl border border-line bg-panel shadow-xs">
        {shown.length === 0 ? (
          <Empty title={search.discarded ? "None was discarded" : "No failed actions"}>
            <p>
              {search.discarded
                ? "An action that failed is discarded where nothing is to be done about it."
                : "What an automation could not do, after all its attempts, stands here until it is retried or discarded."}
            </p>
          </Empty>
        ) : (
          <ol aria-label="Failed actions" className="divide-y divide-line">
            {shown.map((failed, at) =>
              nodes.some(({ id }) => id === failed.id) ? (
                <FailedEntry
                  key={failed.id}
                  failed={failed}
                  run={failed}
                  names={names}
                  readAgain={readAgain}
                  onRetried={() => setRetried((before) => [...before, { failed, at }])}
                />
              ) : (
                <RetriedEntry key={failed.id} failed={failed} names={names} />
              ),
            )}
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

/** One that was begun again here, with its place in the list. */
interface Retried {
  readonly failed: FailedAction;
  readonly at: number;
}

/** The list with those that were begun again still at their places, so that it is seen what comes of them. */
function withRetried(nodes: readonly FailedAction[], retried: readonly Retried[]): FailedAction[] {
  const shown = [...nodes];
  for (const { failed, at } of retried)
    if (!shown.some(({ id }) => id === failed.id)) shown.splice(at, 0, failed);
  return shown;
}
