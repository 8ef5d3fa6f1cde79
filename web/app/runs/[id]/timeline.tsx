import type { RunFragment } from "../../../gql/graphql.ts";
import { stateDot } from "../../../ui/state-badge.tsx";
import { Clock, Length } from "../../../ui/time.tsx";

/** The states that a run has been in, the newest on top. */
export function Timeline({ states, ended }: { states: RunFragment["stateHistory"]; ended: boolean }) {
  return (
    <ol className="flex flex-col">
      {[...states].reverse().map((state, index, all) => {
        const next = all[index - 1];
        const latest = index === 0;
        return (
          <li key={state.timestamp} className="relative flex gap-3 pb-4 last:pb-0">
            <span className="flex flex-col items-center" aria-hidden="true">
              <span className={`mt-1.5 size-2.5 shrink-0 rounded-full ${stateDot(state)}`} />
              {index === all.length - 1 ? null : <span className="mt-1 w-px grow bg-line" />}
            </span>
            <div className="min-w-0 flex-1">
              <div className="flex items-baseline justify-between gap-2 text-sm">
                <span className={latest ? "font-medium" : "text-soft"}>{state.name}</span>
                <span className="text-xs text-faint">
                  {latest && ended ? null : <Length from={state.timestamp} to={next?.timestamp} />}
                </span>
              </div>
              <div className="text-xs text-faint">
                <Clock at={state.timestamp} />
              </div>
              {state.message ? (
                <p className="mt-0.5 text-xs wrap-anywhere text-soft">{state.message}</p>
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
