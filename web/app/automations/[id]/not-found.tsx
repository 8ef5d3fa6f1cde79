import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";

export default function AutomationNotFound() {
  return (
    <Empty title="There is no such automation">
      <p>It was deleted, or the link has a mistake in it.</p>
      <Link href="/automations" className={`${buttonClass()} mt-4`}>
        All automations
      </Link>
    </Empty>
  );
}
