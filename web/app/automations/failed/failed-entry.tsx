import Link from "next/link";
import type { FailedActionRunsQuery, ShownActionRunFragment } from "../../../gql/graphql.ts";
import { ResourceLink } from "../../../ui/resource-link.tsx";
import { Moment } from "../../../ui/time.tsx";
import { ActionRun } from "../[id]/action-run.tsx";
import { FiringCause, FiringLabels } from "../[id]/firing-cause.tsx";
import type { Names } from "../names.ts";

export type FailedAction = FailedActionRunsQuery["actionRuns"]["nodes"][number];

interface Props {
  failed: FailedAction;
  /** How it is now. */
  run: ShownActionRunFragment;
  names: Names;
  /** Resolves when the runs are shown as they are now. */
  readAgain: () => Promise<void>;
  onRetried?: () => void;
}

/** An action with whose it is, what it was for, and when. */
export function FailedEntry({ failed: { firing }, run, names, readAgain, onRetried }: Props) {
  const resource = firing.triggeringEvent?.resource;
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-[13px]">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link
          href={`/automations/${firing.automation.id}#${firing.id}`}
          prefetch={false}
          className="font-medium wrap-anywhere text-link"
        >
          {firing.automation.name}
        </Link>
        <span className="text-soft">
          fired <FiringCause firing={firing} />
          {resource === undefined ? null : (
            <>
              {" of "}
              <ResourceLink labels={resource} />
            </>
          )}{" "}
          <Moment at={firing.firedAt} />
        </span>
        {run.discardedAt ? null : (
          <span className="ml-auto text-xs text-faint">
            last tried <Moment at={run.updatedAt} />
          </span>
        )}
      </p>
      <FiringLabels labels={firing.triggeringLabels} />
      <ul aria-label="Action">
        <ActionRun run={run} names={names} readAgain={readAgain} onRetried={onRetried} />
      </ul>
    </li>
  );
}
