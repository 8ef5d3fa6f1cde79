"use client";

import Link from "next/link";
import { useState } from "react";
import type { BlockPageQuery, ShownBlockTypeFragment } from "../../../../gql/graphql.ts";
import { jsonOf } from "../../../../lib/json-of.ts";
import { CopyButton } from "../../../../ui/copy-button.tsx";
import { Fact } from "../../../../ui/fact.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { Ago } from "../../../../ui/time.tsx";
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
  const { id, name, automations } = block;
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-3">
        <nav aria-label="Where this is" className="text-[13px] text-soft">
          <Link href="/blocks" className="hover:text-ink hover:underline">
            Blocks
          </Link>
        </nav>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{name}</h1>
          <span className="rounded bg-sunk px-1.5 py-0.5 text-xs text-soft">{type.name}</span>
          <div className="sm:ml-auto">
            <DeleteBlock block={block} />
          </div>
        </div>
        <dl className="flex flex-wrap gap-x-6 gap-y-1.5 text-[13px]">
          <Fact name="Created">
            <Ago at={block.createdAt} />
          </Fact>
          <Fact name="Changed">
            <Ago at={block.updatedAt} />
          </Fact>
        </dl>
        <p className="flex flex-wrap items-center gap-x-1 text-[13px]">
          <span className="font-mono text-xs wrap-anywhere text-soft">{id}</span>
          <CopyButton text={id} what="the id" />
        </p>
      </header>
      {saved ? <Notice look="good">Saved.</Notice> : null}
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
                    <Link
                      href={`/automations/${automation.id}`}
                      prefetch={false}
                      className="text-accent-ink hover:underline"
                    >
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
