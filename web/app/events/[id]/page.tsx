import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { automationNames, eventDocument, explainDocument } from "./documents.ts";
import { EventView } from "./event-view.tsx";
import { ExplainPanel } from "./explain-panel.tsx";

/** Automations that one can choose from. */
const mostAutomations = 500;

// The title and the page are made from one reading.
const readEvent = cache(async (id: string) => (await read(eventDocument, { id })).event);

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const event = await readEvent((await params).id);
  return { title: event?.event ?? "Event" };
}

export default async function EventPage({ params, searchParams }: Props) {
  const event = await readEvent((await params).id);
  if (event === null || event === undefined) notFound();
  const { automation: named } = await searchParams;
  const asked = [named].flat().at(-1) ?? null;
  const [{ automations }, answer] = await Promise.all([
    read(automationNames, { first: mostAutomations }),
    asked === null
      ? null
      : read(explainDocument, { automationId: asked, eventId: event.id }).then(({ explain }) => explain),
  ]);
  return (
    <EventView event={event}>
      <ExplainPanel eventId={event.id} automations={automations.nodes} asked={asked} answer={answer} />
    </EventView>
  );
}
