"use client";

import Link from "next/link";
import type { ShownAutomationFragment } from "../../../gql/graphql.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Fact, Facts } from "../../../ui/fact.tsx";
import { IdLine } from "../../../ui/id-line.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Tags } from "../../../ui/tags.tsx";
import { Ago } from "../../../ui/time.tsx";
import { Toggle } from "../../../ui/toggle.tsx";
import { useShownRouter } from "../../../ui/use-shown-router.ts";
import { BrokenBadge } from "../broken-badge.tsx";
import { DeleteAutomation } from "../delete-automation.tsx";
import type { Names } from "../names.ts";
import { OwnerBadge } from "../owner-badge.tsx";
import { useEnabled } from "../use-enabled.ts";
import { DisabledActions } from "./disabled-actions.tsx";

interface Props {
  automation: ShownAutomationFragment;
  names: Names;
  /** Resolves when the page shows it as it is now. */
  readAgain: () => Promise<void>;
}

/** What an automation is called, whether it watches, and what can be done with it. */
export function AutomationHeader({ automation, names, readAgain }: Props) {
  const router = useShownRouter();
  const { on, refusal, busy, turn } = useEnabled(automation, readAgain);
  const { id, name, description, ownerResource, warnings } = automation;
  return (
    <PageHead
      above={[{ href: "/automations", name: "Automations" }]}
      title={name}
      beside={
        <>
          {ownerResource ? <OwnerBadge owner={ownerResource} names={names} /> : null}
          {automation.broken ? <BrokenBadge /> : null}
        </>
      }
      actions={
        <>
          <span className="text-[13px] text-soft" aria-hidden="true">
            {on ? "Enabled" : "Disabled"}
          </span>
          <Toggle on={on} label={`${name} watches`} busy={busy} onChange={turn} />
          <Link href={`/automations/${id}/edit`} className={buttonClass("plain", "small")}>
            Edit
          </Link>
          <Link
            href={`/automations/new?from=${id}`}
            prefetch={false}
            className={buttonClass("plain", "small")}
          >
            Duplicate
          </Link>
          <DeleteAutomation automation={automation} onDeleted={() => router.push("/automations")} />
        </>
      }
    >
      {refusal === null ? null : (
        <Notice look="bad" alert>
          It stays {automation.enabled ? "enabled" : "disabled"}: {refusal}
        </Notice>
      )}
      {description === "" ? null : (
        <p className="max-w-3xl text-sm whitespace-pre-wrap text-soft">{description}</p>
      )}
      <Facts>
        <Fact name="Created">
          <Ago at={automation.createdAt} />
        </Fact>
        <Fact name="Changed">
          <Ago at={automation.updatedAt} />
        </Fact>
      </Facts>
      <IdLine id={id} />
      <Tags tags={automation.tags} />
      <DisabledActions automation={automation} names={names} readAgain={readAgain} />
      {warnings.map(({ path, message }) => (
        <Notice key={`${path.join(".")} ${message}`} look="waiting">
          <span className="wrap-anywhere">{message}</span>
        </Notice>
      ))}
    </PageHead>
  );
}
