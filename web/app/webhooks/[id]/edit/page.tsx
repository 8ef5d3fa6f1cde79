import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isJsonObject } from "../../../../../core/json.ts";
import { read } from "../../../../lib/graphql/server.ts";
import { jsonOf } from "../../../../lib/json-of.ts";
import { PageHead } from "../../../../ui/page-head.tsx";
import { webhookToEdit } from "../../documents.ts";
import type { Sample } from "../../editor/try-panel.tsx";
import { WebhookEditor } from "../../editor/webhook-editor.tsx";

export const metadata: Metadata = { title: "Change a webhook" };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function EditWebhookPage({ params }: Props) {
  const { webhook } = await read(webhookToEdit, { id: (await params).id });
  if (webhook === null || webhook === undefined) notFound();
  const [last] = webhook.deliveries;
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        above={[
          { href: "/webhooks", name: "Webhooks" },
          { href: `/webhooks/${webhook.id}`, name: webhook.name },
        ]}
        title={`Change ${webhook.name}`}
      />
      <WebhookEditor key={webhook.id} webhook={webhook} sample={sampleOf(last)} />
    </div>
  );
}

/** The last request that came, or an empty one. */
function sampleOf(
  delivery: { method: string; query: string; headers: unknown; body: string } | undefined,
): Sample {
  const given = jsonOf(delivery?.headers ?? {});
  const texts = Object.entries(isJsonObject(given) ? given : {}).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  const { "content-type": contentType = "application/json", ...headers } = Object.fromEntries(texts);
  return {
    method: delivery?.method ?? "POST",
    contentType,
    query: delivery?.query ?? "",
    body: delivery?.body ?? "",
    headers,
  };
}
