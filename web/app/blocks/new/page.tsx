import type { Metadata } from "next";
import Link from "next/link";
import { read } from "../../../lib/graphql/server.ts";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Capabilities } from "../capabilities.tsx";
import { blockTypesDocument } from "../documents.ts";
import { NewBlock } from "./new-block.tsx";

export const metadata: Metadata = { title: "New block" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewBlockPage({ searchParams }: Props) {
  const { type: asked } = await searchParams;
  const { blockTypes } = await read(blockTypesDocument, {});
  const slug = [asked].flat().at(-1);
  const type = blockTypes.find((each) => each.slug === slug);
  return (
    <div className="flex flex-col gap-5">
      <PageHead above={[{ href: "/blocks", name: "Blocks" }]} title="New block" />
      <nav aria-label="Type" className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {blockTypes.map((each) => (
          <Link
            key={each.slug}
            href={`/blocks/new?type=${each.slug}`}
            replace
            scroll={false}
            aria-current={each === type ? "true" : undefined}
            className="flex flex-col gap-1 rounded-lg border border-line bg-panel px-4 py-3 hover:border-strong hover:bg-sunk aria-[current=true]:border-accent aria-[current=true]:bg-accent/8"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="text-sm font-medium">{each.name}</span>
              <Capabilities of={each.capabilities} />
            </span>
            <span className="text-[13px] text-soft">{each.description}</span>
          </Link>
        ))}
      </nav>
      {type === undefined ? null : (
        <Panel title={type.name}>
          <NewBlock key={type.slug} type={type} />
        </Panel>
      )}
    </div>
  );
}
