import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { AutomationView } from "./automation-view.tsx";
import { automationDocument } from "./documents.ts";
import { firingsSize } from "./sizes.ts";

// The title and the page are made from one reading.
const readAutomation = cache((id: string) => read(automationDocument, { id, first: firingsSize }));

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { automation } = await readAutomation((await params).id);
  return { title: automation?.name ?? "Automation" };
}

export default async function AutomationPage({ params }: Props) {
  const { automation, ...named } = await readAutomation((await params).id);
  if (automation === null || automation === undefined) notFound();
  const events = await readResourceEvents(`prefect.automation.${automation.id}`);
  return (
    <AutomationView
      key={automation.id}
      automation={automation}
      named={named}
      firings={automation.firings}
      events={events}
    />
  );
}
