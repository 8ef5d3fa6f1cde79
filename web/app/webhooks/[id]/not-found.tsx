import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";

export default function WebhookNotFound() {
  return (
    <Empty title="There is no such webhook">
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href="/webhooks" className={`${buttonClass()} mt-4`}>
        All webhooks
      </Link>
    </Empty>
  );
}
