import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { eventDocument } from "./documents.ts";
import { EventView } from "./event-view.tsx";

// The title and the page are made from one reading.
const readEvent = cache(async (id: string) => (await read(eventDocument, { id })).event);

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const event = await readEvent((await params).id);
  return { title: event?.event ?? "Event" };
}

export default async function EventPage({ params }: Props) {
  const event = await readEvent((await params).id);
  if (event === null || event === undefined) notFound();
  return <EventView event={event} />;
}
