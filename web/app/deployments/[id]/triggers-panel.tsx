"use client";

import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Ago } from "../../../ui/time.tsx";
import { triggerWords } from "../../automations/words.ts";
import type { DeploymentShown } from "./deployment-view.tsx";

/** The automations that belong to a deployment, and others that run it. */
export function TriggersPanel({ deployment: { id, automations } }: { deployment: DeploymentShown }) {
  const own = `prefect.deployment.${id}`;
  return (
    <Panel
      title="Triggers"
      flush
      aside={
        <Link
          href={`/automations/new?deployment=${id}`}
          prefetch={false}
          className={buttonClass("quiet", "small")}
        >
          Add a trigger
        </Link>
      }
    >
      {automations.length === 0 ? (
        <p className="px-4 py-6 text-sm text-soft">None: no automation belongs to it or runs it.</p>
      ) : (
        <ul aria-label="Triggers" className="divide-y divide-line">
          {automations.map((automation) => {
            const [last] = automation.firings.nodes;
            return (
              <li
                key={automation.id}
                className="relative flex flex-col gap-1 px-4 py-3 focus-within:bg-sunk/60 hover:bg-sunk/60"
              >
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <h3 className="min-w-0 text-sm font-medium wrap-anywhere">
                    <Link href={`/automations/${automation.id}`} prefetch={false} className="row-link">
                      {automation.name}
                    </Link>
                  </h3>
                  {automation.ownerResource === own ? (
                    <span
                      title="It was registered with the deployment: the next registration overwrites what is changed elsewhere"
                      className="relative rounded bg-accent/12 px-1.5 py-0.5 text-[11px] font-medium text-accent-ink"
                    >
                      from deployment
                    </span>
                  ) : null}
                  {automation.enabled ? null : <span className="text-xs text-faint">disabled</span>}
                  <span className="ml-auto text-xs text-soft">
                    {last === undefined ? (
                      <span className="text-faint">never fired</span>
                    ) : (
                      <>
                        fired <Ago at={last.firedAt} />
                      </>
                    )}
                  </span>
                </div>
                <p className="line-clamp-3 text-[13px] text-soft first-letter:uppercase wrap-anywhere">
                  {triggerWords(automation.document) ?? "a trigger of a kind of its own"}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
