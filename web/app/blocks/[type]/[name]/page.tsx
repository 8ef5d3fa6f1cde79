import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../../lib/graphql/server.ts";
import { blockDocument } from "../../documents.ts";
import { BlockView } from "./block-view.tsx";

// The title and the page are made from one reading.
const readBlock = cache((type: string, name: string) => read(blockDocument, { type, name }));

interface Props {
  params: Promise<{ type: string; name: string }>;
}

/** What the address says, which comes as it is written there. */
async function asked(params: Props["params"]) {
  const { type, name } = await params;
  return readBlock(decodeURIComponent(type), decodeURIComponent(name));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { block } = await asked(params);
  return { title: block?.name ?? "Block" };
}

export default async function BlockPage({ params }: Props) {
  const { block, blockTypes } = await asked(params);
  const type = blockTypes.find(({ slug }) => slug === block?.type);
  if (!block || type === undefined) notFound();
  return <BlockView block={block} type={type} />;
}
