import type { WebhookPartsFragment } from "../../gql/graphql.ts";

/** How many requests were accepted, and how many were not. */
export function Counts({
  webhook: { receivedCount, failedCount },
}: {
  webhook: Pick<WebhookPartsFragment, "receivedCount" | "failedCount">;
}) {
  return (
    <span className="inline-flex gap-3 tabular-nums">
      <span className={receivedCount > 0 ? "text-good-ink" : "text-faint"}>
        {receivedCount.toLocaleString("en")} ok
      </span>
      <span className={failedCount > 0 ? "text-bad-ink" : "text-faint"}>
        {failedCount.toLocaleString("en")} refused
      </span>
    </span>
  );
}
