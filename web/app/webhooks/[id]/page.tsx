import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { read } from "../../../lib/graphql/server.ts";
import { readResourceEvents } from "../../events/read-resource-events.ts";
import { webhookDocument } from "../documents.ts";
import { shownDeliveries } from "./sizes.ts";
import { WebhookView } from "./webhook-view.tsx";

// The title and the page are made from one reading.
const readWebhook = cache((id: string) => read(webhookDocument, { id, first: shownDeliveries }));

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { webhook } = await readWebhook((await params).id);
  return { title: webhook?.name ?? "Webhook" };
}

export default async function WebhookPage({ params }: Props) {
  const { webhook } = await readWebhook((await params).id);
  if (webhook === null || webhook === undefined) notFound();
  const events = await readResourceEvents(`prefect.webhook.${webhook.id}`);
  return <WebhookView key={webhook.id} webhook={webhook} events={events} />;
}
