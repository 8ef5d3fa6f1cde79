import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { runDocument } from "./documents.ts";
import { RunView } from "./run-view.tsx";
import { firstInputs, firstLogs } from "./sizes.ts";

// The title and the page are made from one reading.
const readRun = cache(async (id: string) => {
  const { flowRun } = await read(runDocument, { id, inputs: firstInputs, logs: firstLogs });
  return flowRun;
});

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const run = await readRun((await params).id);
  return { title: run?.name ?? "Run" };
}

export default async function RunPage({ params }: Props) {
  const run = await readRun((await params).id);
  if (run === null || run === undefined) notFound();
  const events = await readResourceEvents(`prefect.flow-run.${run.id}`);
  return <RunView key={run.id} initial={run} events={events} />;
}
