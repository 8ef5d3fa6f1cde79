"use client";

import Link from "next/link";
import type { AutomationsQuery } from "../../gql/graphql.ts";
import { Notice } from "../../ui/notice.tsx";
import { Tags } from "../../ui/tags.tsx";
import { Ago } from "../../ui/time.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { ActionList } from "./action-list.tsx";
import { BrokenBadge } from "./broken-badge.tsx";
import { DeleteAutomation } from "./delete-automation.tsx";
import type { Names } from "./names.ts";
import { OwnerBadge } from "./owner-badge.tsx";
import { useEnabled } from "./use-enabled.ts";
import { triggerWords } from "./words.ts";

export type ListedAutomation = AutomationsQuery["automations"]["nodes"][number];

interface Props {
  automation: ListedAutomation;
  names: Names;
  /** Resolves when the list is shown as it is now. */
  readAgain: () => Promise<void>;
}

/** One automation of the list. */
export function AutomationItem({ automation, names, readAgain }: Props) {
  const { on, refusal, busy, turn } = useEnabled(automation, readAgain);
  const { id, name, warnings, ownerResource, firings } = automation;
  const last = firings.nodes[0];
  return (
    <li className="relative flex flex-col gap-2 px-4 py-3 focus-within:bg-sunk/60 hover:bg-sunk/60">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h2 className="min-w-0 text-sm font-medium wrap-anywhere">
              <Link href={`/automations/${id}`} prefetch={false} className="row-link">
                {name}
              </Link>
            </h2>
            {ownerResource ? <OwnerBadge owner={ownerResource} names={names} /> : null}
            {automation.broken ? <BrokenBadge /> : null}
            {automation.disabledActions.length > 0 ? (
              <span
                title="It failed so often in a row that it is not carried out any more"
                className="relative rounded bg-bad/12 px-1.5 py-0.5 text-[11px] font-medium text-bad-ink"
              >
                {automation.disabledActions.length === 1
                  ? "1 action off"
                  : `${automation.disabledActions.length} actions off`}
              </span>
            ) : null}
            {warnings.length > 0 ? (
              <span
                title={warnings.map(({ message }) => message).join("\n")}
                className="relative rounded bg-waiting/20 px-1.5 py-0.5 text-[11px] font-medium text-waiting-ink"
              >
                {warnings.length} {warnings.length === 1 ? "warning" : "warnings"}
              </span>
            ) : null}
          </div>
          {automation.description === "" ? null : (
            <p className="line-clamp-2 text-[13px] text-soft">{automation.description}</p>
          )}
          <p className="line-clamp-3 text-[13px] first-letter:uppercase wrap-anywhere">
            {triggerWords(automation.document) ?? "a trigger of a kind of its own"}
          </p>
          <div className="text-[13px] text-soft">
            <ActionList automation={automation} names={names} />
          </div>
          <Tags tags={automation.tags} />
        </div>
        <div className="relative flex w-full items-center gap-3 sm:w-auto">
          <span className="mr-auto text-xs text-soft sm:w-28 sm:text-right">
            {last === undefined ? (
              <span className="text-faint">never fired</span>
            ) : (
              <>
                {last.state === "RESOLVED" ? "resolved" : "fired"} <Ago at={last.firedAt} />
              </>
            )}
          </span>
          <Toggle on={on} label={`${name} watches`} busy={busy} onChange={turn} />
          <DeleteAutomation automation={automation} listed onDeleted={readAgain} />
        </div>
      </div>
      {refusal === null ? null : (
        <Notice look="bad" alert>
          {name} stays {automation.enabled ? "enabled" : "disabled"}: {refusal}
        </Notice>
      )}
    </li>
  );
}
