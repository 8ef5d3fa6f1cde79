import type { Metadata } from "next";
import Link from "next/link";
import type { BlocksQuery } from "../../gql/graphql.ts";
import { read } from "../../lib/graphql/server.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RefreshEvery } from "../../ui/refresh-every.tsx";
import { Ago } from "../../ui/time.tsx";
import { blockHref } from "./address.ts";
import { Capabilities } from "./capabilities.tsx";
import { blocksDocument } from "./documents.ts";
import { Filters } from "./filters.tsx";
import { blocksHref, readBlocksSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Blocks" };

/** Blocks of a type that are shown at once; the search finds the others. */
const mostShown = 200;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function BlocksPage({ searchParams }: Props) {
  const search = readBlocksSearch(await searchParams);
  const { blocks, blockTypes } = await read(blocksDocument, { type: search.type });
  const wanted = search.name?.toLowerCase() ?? "";
  const found = blocks.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-5">
      <RefreshEvery seconds={10} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Blocks</h1>
        <Link href="/blocks/new" className={buttonClass("primary")}>
          New block
        </Link>
      </div>
      <Filters search={search} types={blockTypes} />
      {found.length === 0 ? (
        <div className="rounded-xl border border-line bg-panel shadow-xs">
          <NoBlocks filtered={blocksHref(search) !== "/blocks"} />
        </div>
      ) : null}
      {blockTypes.map((type) => (
        <BlocksOfType
          key={type.slug}
          type={type}
          blocks={found.filter((block) => block.type === type.slug)}
        />
      ))}
    </div>
  );
}

function NoBlocks({ filtered }: { filtered: boolean }) {
  if (filtered)
    return (
      <Empty title="No block fits">
        <Link href="/blocks" className={`${buttonClass("plain", "small")} mt-2`}>
          Show all blocks
        </Link>
      </Empty>
    );
  return (
    <Empty title="No blocks yet">
      <p>
        A block holds what is needed to reach somebody, or another system: automations name it to send
        notifications and call webhooks. Its secrets are never shown again.
      </p>
    </Empty>
  );
}

interface BlocksOfTypeProps {
  type: BlocksQuery["blockTypes"][number];
  blocks: BlocksQuery["blocks"];
}

function BlocksOfType({ type, blocks }: BlocksOfTypeProps) {
  if (blocks.length === 0) return null;
  return (
    <Panel title={type.name} aside={<Capabilities of={type.capabilities} />} flush>
      <ul className="divide-y divide-line">
        {blocks.slice(0, mostShown).map((block) => (
          <li
            key={block.id}
            className="relative flex flex-wrap items-baseline gap-x-4 px-4 py-2.5 text-sm focus-within:bg-sunk/60 hover:bg-sunk/60"
          >
            <Link
              href={blockHref(block)}
              prefetch={false}
              className="row-link min-w-0 flex-1 font-medium wrap-anywhere"
            >
              {block.name}
            </Link>
            <span className="text-xs text-soft">
              changed <Ago at={block.updatedAt} />
              {block.expiresAt ? (
                <>
                  , expires <Ago at={block.expiresAt} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {blocks.length > mostShown ? (
        <p className="border-t border-line px-4 py-2.5 text-[13px] text-soft">
          {(blocks.length - mostShown).toLocaleString("en")} more: search for their names.
        </p>
      ) : null}
    </Panel>
  );
}
