import type { FiringPartsFragment } from "../../../gql/graphql.ts";
import { Moment } from "../../../ui/time.tsx";
import type { Names } from "../names.ts";
import { ActionRun } from "./action-run.tsx";
import { EventLink, FiringCause, FiringLabels } from "./firing-cause.tsx";

interface Props {
  firing: FiringPartsFragment;
  names: Names;
  /** Resolves when its actions are shown as they are now. */
  readAgain: () => Promise<void>;
}

/** One firing: when, why, and what came of it. */
export function FiringEntry({ firing, names, readAgain }: Props) {
  const { state, triggeringLabels, metricValue, memberFirings, countedEvents, actionRuns } = firing;
  const resolved = state === "RESOLVED";
  return (
    <li id={firing.id} className="flex flex-col gap-2 px-4 py-3 text-[13px] target:bg-accent/8">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span
          className={`rounded px-1.5 py-0.5 text-xs font-medium ${resolved ? "bg-good/15 text-good-ink" : "bg-waiting/20 text-waiting-ink"}`}
        >
          {resolved ? "Resolved" : "Fired"}
        </span>
        <Moment at={firing.firedAt} />
        <span className="min-w-0 text-soft">
          <FiringCause firing={firing} />
        </span>
      </div>
      <FiringLabels labels={triggeringLabels} />
      {metricValue === null || metricValue === undefined ? null : (
        <p className="text-soft">The figure was {metricValue}.</p>
      )}
      {memberFirings.length === 0 ? null : <Members members={memberFirings} />}
      {countedEvents.length === 0 ? null : (
        <details>
          <summary className="w-fit text-soft hover:text-ink">
            {countedEvents.length === 1 ? "1 event counted" : `${countedEvents.length} events counted`}
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5 border-l border-line pl-4">
            {countedEvents.map(({ id, event, occurred }) => (
              <li key={id} className="flex flex-wrap gap-x-3">
                <EventLink id={id} event={event} />
                <span className="text-xs text-faint">
                  <Moment at={occurred} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {actionRuns.length === 0 ? null : (
        <ul aria-label="Actions" className="flex flex-col gap-1.5">
          {actionRuns.map((run) => (
            <ActionRun key={run.id} run={run} names={names} readAgain={readAgain} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Members({ members }: { members: FiringPartsFragment["memberFirings"] }) {
  return (
    <details>
      <summary className="w-fit text-soft hover:text-ink">
        {members.length === 1 ? "1 member fired" : `${members.length} members fired`}
      </summary>
      <ol className="mt-1 flex flex-col gap-1 border-l border-line pl-4">
        {members.map(({ triggerId, triggered, triggeringLabels, triggeringEvent }) => (
          <li key={`${triggerId} ${triggered}`} className="flex flex-wrap items-baseline gap-x-3">
            {triggeringEvent ? (
              <EventLink id={triggeringEvent.id} event={triggeringEvent.event} />
            ) : (
              <span className="text-soft">the clock</span>
            )}
            <span className="text-xs text-faint">
              <Moment at={triggered} />
            </span>
            <FiringLabels labels={triggeringLabels} />
          </li>
        ))}
      </ol>
    </details>
  );
}
