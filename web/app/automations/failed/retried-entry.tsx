"use client";

import type { FiringNowQuery } from "../../../gql/graphql.ts";
import { useFresh } from "../../../lib/graphql/use-fresh.ts";
import { firingNow } from "../[id]/documents.ts";
import type { Names } from "../names.ts";
import { type FailedAction, FailedEntry } from "./failed-entry.tsx";

/** An action that was begun again: how far it is now. */
export function RetriedEntry({ failed, names }: { failed: FailedAction; names: Names }) {
  const { data, readAgain } = useFresh<FiringNowQuery, { id: string }>({
    document: firingNow,
    variables: { id: failed.firing.id },
    initial: { firing: null },
    filter: { events: ["prefect.automation.action.*"] },
    everySeconds: 15,
  });
  const now = data.firing?.actionRuns.find(({ id }) => id === failed.id);
  return (
    <FailedEntry
      failed={failed}
      run={now ?? { ...failed, status: "PENDING", error: null }}
      names={names}
      readAgain={readAgain}
    />
  );
}
