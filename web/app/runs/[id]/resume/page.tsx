import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { read } from "../../../../lib/graphql/server.ts";
import { questionDocument } from "./document.ts";
import { ResumeView } from "./resume-view.tsx";

export const metadata: Metadata = { title: "Answer" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function ResumePage({ params }: Props) {
  const { flowRun } = await read(questionDocument, { id: (await params).id });
  if (flowRun === null || flowRun === undefined) notFound();
  return <ResumeView key={flowRun.id} initial={flowRun} />;
}
