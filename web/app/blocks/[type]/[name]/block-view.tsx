"use client";

import Link from "next/link";
import { useState } from "react";
import type { BlockPageQuery, ShownBlockTypeFragment } from "../../../../gql/graphql.ts";
import { jsonOf } from "../../../../lib/json-of.ts";
import { Fact, Facts } from "../../../../ui/fact.tsx";
import { IdLine } from "../../../../ui/id-line.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { Ago } from "../../../../ui/time.tsx";
import { lengthText } from "../../../../ui/time-text.ts";
import { useShownRouter } from "../../../../ui/use-shown-router.ts";
import { BlockForm } from "../../block-form.tsx";
import { DeleteBlock } from "./delete-block.tsx";
import { TestPanel } from "./test-panel.tsx";

interface Props {
  block: NonNullable<BlockPageQuery["block"]>;
  type: ShownBlockTypeFragment;
}

/** A block: what it holds, who uses it, and whether it works. */
export function BlockView({ block, type }: Props) {
  const router = useShownRouter();
  const [saved, setSaved] = useState(false);
  const { id, name, automations, expiresAt, ttl, ownerRun, issues } = block;
  return (
    <div className="flex flex-col gap-6">
      <PageHead
        above={[{ href: "/blocks", name: "Blocks" }]}
        title={name}
        beside={<span className="rounded bg-sunk px-1.5 py-0.5 text-xs text-soft">{type.name}</span>}
        actions={<DeleteBlock block={block} />}
      >
        <Facts>
          <Fact name="Created">
            <Ago at={block.createdAt} />
          </Fact>
          <Fact name="Changed">
            <Ago at={block.updatedAt} />
          </Fact>
          {expiresAt && ttl ? (
            <Fact name="Expires">
              <Ago at={expiresAt} />, {lengthText(ttl * 1000)} after its last save
            </Fact>
          ) : null}
          {ownerRun ? (
            <Fact name="Deleted with run">
              <Link href={`/runs/${ownerRun.id}`} prefetch={false} className="text-link">
                {ownerRun.name}
              </Link>
            </Fact>
          ) : null}
        </Facts>
        <IdLine id={id} />
      </PageHead>
      {saved ? <Notice look="good">Saved.</Notice> : null}
      {issues.length === 0 ? null : (
        <Notice look="bad">
          It cannot be used as it is. Since it was saved, its type or the server&apos;s key has changed:
          <ul className="mt-1 list-disc pl-5">
            {issues.map(({ path, message }) => (
              <li key={`${path.join(".")} ${message}`} className="wrap-anywhere">
                {[path.join("."), message].filter((part) => part !== "").join(" ")}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel title="Data">
          <BlockForm
            // What was saved is shown as it is stored.
            key={block.updatedAt}
            type={type}
            stored={{ name, data: jsonOf(block.data) }}
            submitLabel="Save"
            onSaved={async () => {
              await router.refresh();
              setSaved(true);
            }}
          />
        </Panel>
        <div className="flex min-w-0 flex-col gap-6">
          {type.capabilities.length === 0 ? null : <TestPanel block={block} type={type} />}
          <Panel title="Used by">
            {automations.length === 0 ? (
              <p className="text-sm text-soft">No automation names it.</p>
            ) : (
              <ul className="flex flex-col gap-1.5 text-sm">
                {automations.map((automation) => (
                  <li key={automation.id} className="wrap-anywhere">
                    <Link href={`/automations/${automation.id}`} prefetch={false} className="text-link">
                      {automation.name}
                    </Link>
                    {automation.enabled ? null : <span className="text-faint"> (disabled)</span>}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
    </div>
  );
}
