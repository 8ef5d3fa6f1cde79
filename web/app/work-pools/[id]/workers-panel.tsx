import { CopyButton } from "../../../ui/copy-button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StatusDot } from "../../../ui/status-dot.tsx";
import { Ago } from "../../../ui/time.tsx";
import type { PoolShown } from "./pool-view.tsx";

/** The processes that take the pool's runs. */
export function WorkersPanel({ pool: { name, workers } }: { pool: PoolShown }) {
  const command = `antiphon worker start --pool ${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}`;
  return (
    <Panel title="Workers" flush>
      {workers.length === 0 ? (
        <div className="flex flex-col gap-2 px-4 py-6 text-sm text-soft">
          <p>None has ever taken its runs. Start one where the code is:</p>
          <p className="flex flex-wrap items-center gap-1">
            <code className="font-mono text-xs wrap-anywhere text-ink">{command}</code>
            <CopyButton text={command} what="the command" />
          </p>
        </div>
      ) : (
        <ul aria-label="Workers" className="divide-y divide-line">
          {workers.map((worker) => (
            <li key={worker.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-[13px]">
              <span className="min-w-0 flex-1 basis-40 truncate font-medium">{worker.name}</span>
              <span className="w-20">
                {worker.online ? (
                  <StatusDot look="good" title="Heard of within 90 s">
                    Online
                  </StatusDot>
                ) : (
                  <StatusDot look="off" title="Not heard of for more than 90 s">
                    Offline
                  </StatusDot>
                )}
              </span>
              <span className="w-24 text-xs text-faint">
                {worker.limit == null ? "no limit" : `${worker.limit} at once`}
              </span>
              <span className="w-28 text-xs text-faint">
                seen <Ago at={worker.heartbeatAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
