import type { Metadata } from "next";
import { read } from "../../lib/graphql/server.ts";
import { webhooksDocument } from "./documents.ts";
import { LiveWebhooks } from "./live-webhooks.tsx";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  return <LiveWebhooks initial={await read(webhooksDocument, {})} />;
}
