import type { ActionRunPartsFragment, ActionRunStatus } from "../../gql/graphql.ts";
import type { Style } from "../text/style.ts";
import type { Column } from "../text/table.ts";
import { timeText } from "../text/time.ts";

const styles: Record<ActionRunStatus, Style | null> = {
  SUCCEEDED: "green",
  FAILED: "red",
  RUNNING: "cyan",
  PENDING: null,
};

/** What is shown of each action run of a list. */
export const actionRunColumns: readonly Column<ActionRunPartsFragment>[] = [
  { title: "ACTION", of: ({ action }) => action.type },
  {
    title: "STATUS",
    of: ({ status, discardedAt }) => (discardedAt === null ? status.toLowerCase() : "discarded"),
    style: ({ status }) => styles[status],
  },
  { title: "TRIES", of: ({ attempts }) => String(attempts) },
  { title: "OUTCOME", of: outcome },
  { title: "ID", of: ({ id }) => id, style: () => "dim" },
];

function outcome({ error, nextAttemptAt, result }: ActionRunPartsFragment): string {
  const again = nextAttemptAt ? `again at ${timeText(nextAttemptAt)}` : "";
  const said = error ?? (result === null ? "" : JSON.stringify(result));
  return [said, again].filter((part) => part !== "").join("; ");
}
