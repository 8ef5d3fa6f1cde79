import type { WorkStatus as Status } from "../../gql/graphql.ts";
import { StatusDot } from "../../ui/status-dot.tsx";

/** Whether runs of a pool or queue would be started now. */
export function WorkStatus({ status }: { status: Status }) {
  switch (status) {
    case "READY":
      return (
        <StatusDot look="good" title="Workers ask for its runs">
          Ready
        </StatusDot>
      );
    case "PAUSED":
      return (
        <StatusDot look="waiting" title="Its runs are not started until it is resumed">
          Paused
        </StatusDot>
      );
    case "NOT_READY":
      return (
        <StatusDot look="off" title="No worker asks for its runs: they wait until one does">
          Not ready
        </StatusDot>
      );
  }
}
