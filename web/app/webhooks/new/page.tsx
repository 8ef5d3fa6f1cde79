import type { Metadata } from "next";
import { PageHead } from "../../../ui/page-head.tsx";
import { WebhookEditor } from "../editor/webhook-editor.tsx";

export const metadata: Metadata = { title: "New webhook" };

const sample = {
  method: "POST",
  contentType: "application/x-www-form-urlencoded",
  query: "",
  body: "model_id=adhoc&run_count=10&friendly_name=test-user-input",
  headers: {},
};

export default function NewWebhookPage() {
  return (
    <div className="flex flex-col gap-5">
      <PageHead above={[{ href: "/webhooks", name: "Webhooks" }]} title="New webhook" />
      <WebhookEditor webhook={null} sample={sample} />
    </div>
  );
}
