import Link from "next/link";
import { buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";

export default function EventNotFound() {
  return (
    <Empty page title="This event is not kept">
      <p>
        Events are kept for some days (<code className="font-mono text-xs">ANTIPHON_EVENT_RETENTION</code>)
        and then deleted: this one may have been. Or the link has a mistake in it.
      </p>
      <Link href="/events" className={`${buttonClass()} mt-4`}>
        All events
      </Link>
    </Empty>
  );
}
