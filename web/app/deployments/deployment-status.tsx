import type { ReadyStatus } from "../../gql/graphql.ts";
import { StatusDot } from "../../ui/status-dot.tsx";

/** Whether runs of a deployment would be started now. */
export function DeploymentStatus({ paused, status }: { paused: boolean; status: ReadyStatus }) {
  if (paused)
    return (
      <StatusDot look="waiting" title="It starts nothing until it is resumed: its runs wait">
        Paused
      </StatusDot>
    );
  return status === "READY" ? (
    <StatusDot look="good" title="Somebody asks for its runs">
      Ready
    </StatusDot>
  ) : (
    <StatusDot look="off" title="Nobody asks for its runs now: they wait until somebody does">
      Not ready
    </StatusDot>
  );
}
