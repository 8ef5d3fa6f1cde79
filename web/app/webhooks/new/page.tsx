import type { Metadata } from "next";
import Link from "next/link";
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
      <nav aria-label="Where this is" className="text-[13px] text-soft">
        <Link href="/webhooks" className="hover:text-ink hover:underline">
          Webhooks
        </Link>
      </nav>
      <h1 className="text-xl font-semibold tracking-tight">New webhook</h1>
      <WebhookEditor webhook={null} sample={sample} />
    </div>
  );
}
