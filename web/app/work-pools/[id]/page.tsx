import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { poolDocument } from "../documents.ts";
import { PoolView } from "./pool-view.tsx";

// The title and the page are made from one reading.
const readPool = cache((id: string) => read(poolDocument, { id }));

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workPool } = await readPool((await params).id);
  return { title: workPool?.name ?? "Work pool" };
}

export default async function WorkPoolPage({ params }: Props) {
  const initial = await readPool((await params).id);
  const { workPool } = initial;
  if (workPool === null || workPool === undefined) notFound();
  const events = await readResourceEvents(`prefect.work-pool.${workPool.id}`);
  return <PoolView key={workPool.id} pool={workPool} initial={initial} events={events} />;
}
